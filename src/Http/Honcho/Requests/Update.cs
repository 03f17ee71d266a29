using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <summary>Of a workspace or a session.</summary>
internal sealed record Update(JsonElement? Metadata = null, JsonElement? Configuration = null)
{
    public static Update? Read(Input body, Dialect dialect) => body.Object() is not { } fields ? null : new(
        dialect.ReadMetadata(fields.Optional("metadata")),
        Requests.Configuration.Read(fields.Optional("configuration"), dialect));
}
