using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record WorkspaceCreate(string Id, JsonElement? Metadata = null, JsonElement? Configuration = null)
{
    public static WorkspaceCreate? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("id", "name").Name()!,
        fields.Defaulted("metadata").Metadata(),
        Requests.Configuration.Read(fields.Defaulted("configuration")));
}
