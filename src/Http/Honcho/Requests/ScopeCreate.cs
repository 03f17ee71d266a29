using System.Text.Json;
using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record ScopeCreate(string Id, JsonElement? Metadata = null)
{
    public static ScopeCreate? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("id", "name").Name(Limits.ScopeIdCharacters)!,
        fields.Optional("metadata").Metadata());
}
