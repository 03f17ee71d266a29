using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

internal sealed record PeerCard([property: JsonPropertyName("peer_card")] IReadOnlyList<string>? Lines);
