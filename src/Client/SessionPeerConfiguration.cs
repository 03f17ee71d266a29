namespace Kith.Client;

/// <summary>How a peer observes in one session (<c>SessionPeerConfig</c> of other clients).</summary>
public sealed record SessionPeerConfiguration
{
    /// <summary>Whether others learn about this peer here. Null: as <see cref="PeerConfiguration.ObserveMe"/> says.</summary>
    public bool? ObserveMe { get; init; }

    /// <summary>Whether this peer learns about the others here, by what they say while it is a member. Null: false. At most 10 members of a session do.</summary>
    public bool? ObserveOthers { get; init; }
}
