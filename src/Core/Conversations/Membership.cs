namespace Kith.Core.Conversations;

/// <summary>The directory's copy of a membership, under the peer: "sessions of a peer" is one partition. Also what a scope has of its sessions.</summary>
internal sealed record Membership
{
    public string Type { get; } = "membership";

    public required string Session { get; init; }

    /// <summary>Of the session for a peer; of joining for a scope: the order of the respective list.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
