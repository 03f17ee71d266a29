using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record PeerUpdate(JsonElement? Metadata = null, JsonElement? Configuration = null)
{
    public static PeerUpdate? Read(Input body, Dialect dialect) =>
        body.Object() is not { } fields ? null : new(dialect.ReadMetadata(fields.Optional("metadata")), fields.Optional("configuration").FreeObject());
}
