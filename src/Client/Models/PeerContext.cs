namespace Kith.Client.Models;

/// <summary>What is known about a peer, in one answer.</summary>
public sealed record PeerContext
{
    /// <summary>Who knows it.</summary>
    public string PeerId { get; init; } = "";

    /// <summary>Whom it is about.</summary>
    public string TargetId { get; init; } = "";

    /// <summary>Everything that was selected, as text for a prompt; null or empty when nothing is known.</summary>
    public string? Representation { get; init; }

    /// <summary>The most important, line by line; null when there is no card.</summary>
    public IReadOnlyList<string>? PeerCard { get; init; }
}
