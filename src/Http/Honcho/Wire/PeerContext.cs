using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

/// <param name="Truncation">Not of the original: what did not fit into the tokens asked for. Only where something was left out.</param>
internal sealed record PeerContext(
    string PeerId,
    string TargetId,
    string? Representation,
    IReadOnlyList<string>? PeerCard,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Core.Context.Truncation? Truncation = null);
