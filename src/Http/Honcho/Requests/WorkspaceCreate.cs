using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record WorkspaceCreate(string Id, JsonElement? Metadata = null, JsonElement? Configuration = null)
{
    public static WorkspaceCreate? Read(Input body, Dialect dialect) => body.Object() is not { } fields ? null : new(
        fields.Required("id", "name").Name()!,
        dialect.ReadMetadata(fields.Defaulted("metadata")),
        Requests.Configuration.Read(fields.Defaulted("configuration"), dialect));
}
