using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record MessageUpdate(JsonElement? Metadata = null)
{
    public static MessageUpdate? Read(Input body, Dialect dialect) => body.Object() is not { } fields ? null : new(dialect.ReadMetadata(fields.Optional("metadata")));
}
