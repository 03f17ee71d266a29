using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Session(string Id, bool IsActive, string WorkspaceId, JsonElement Metadata, JsonElement Configuration, string CreatedAt)
{
    public static Session Of(Core.Directory.Session session, Dialect dialect) =>
        new(session.Name, session.IsActive, session.WorkspaceId, session.Metadata, dialect.Show(session.Configuration), Moment.Format(session.CreatedAt));
}
