using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Session(string Id, bool IsActive, string WorkspaceId, JsonElement Metadata, JsonElement Configuration, string CreatedAt)
{
    public static Session Of(Core.Directory.Session session) =>
        new(session.Name, session.IsActive, session.WorkspaceId, session.Metadata, session.Configuration, Moment.Format(session.CreatedAt));
}
