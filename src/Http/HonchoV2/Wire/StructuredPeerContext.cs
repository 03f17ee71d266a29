namespace Kith.Http.HonchoV2.Wire;

internal sealed record StructuredPeerContext(string PeerId, string TargetId, StructuredRepresentation Representation, IReadOnlyList<string>? PeerCard);
