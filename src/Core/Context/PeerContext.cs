namespace Kith.Core.Context;

public sealed record PeerContext(string Representation, IReadOnlyList<string>? PeerCard);
