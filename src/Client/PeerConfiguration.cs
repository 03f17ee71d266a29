namespace Kith.Client;

/// <summary>Whether a peer is observed, and members of your own.</summary>
public sealed record PeerConfiguration : OpenConfiguration
{
    /// <summary>Whether others, and the server itself, learn about this peer. Null: true. False is right for assistants: nothing has to be found out about them.</summary>
    public bool? ObserveMe { get; init; }
}
