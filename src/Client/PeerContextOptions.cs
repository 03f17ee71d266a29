namespace Kith.Client;

/// <summary>What a peer's context holds.</summary>
public sealed record PeerContextOptions : RecallOptions
{
    /// <summary>Whom it is about, as the peer knows them. Null: the peer itself.</summary>
    public PeerId? Target { get; init; }

    /// <summary>What was true then. Kith only.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What was known then. Kith only.</summary>
    public DateTimeOffset? KnownAt { get; init; }
}
