using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record PeerCreate(string Id, JsonElement? Metadata = null, JsonElement? Configuration = null)
{
    public static PeerCreate? Read(Input body, Dialect dialect) => body.Object() is not { } fields ? null : new(
        fields.Required("id", "name").Name()!,
        dialect.ReadMetadata(fields.Optional("metadata")),
        fields.Optional("configuration").FreeObject());
}
