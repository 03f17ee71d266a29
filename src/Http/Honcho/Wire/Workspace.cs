using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Workspace(string Id, JsonElement Metadata, JsonElement Configuration, string CreatedAt)
{
    public static Workspace Of(Core.Directory.Workspace workspace, Dialect dialect) =>
        new(workspace.Name, workspace.Metadata, dialect.Show(workspace.Configuration), Moment.Format(workspace.CreatedAt));
}
