using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

internal sealed record Key([property: JsonPropertyName("key")] string Token);
