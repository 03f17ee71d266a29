namespace Kith.Http.Honcho.Wire;

internal sealed record PeerContext(string PeerId, string TargetId, string? Representation, IReadOnlyList<string>? PeerCard);
