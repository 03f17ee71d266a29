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

    /// <summary>The card and what was selected, each between tags of its name, for the instructions of a model; null when nothing is known.</summary>
    public string? ToInstructions() => string.Join("\n\n", Sections(PeerCard, Representation)) is { Length: > 0 } known ? known : null;

    internal static IEnumerable<string> Sections(IReadOnlyList<string>? card, string? representation)
    {
        if (card is { Count: > 0 })
            yield return $"<peer_card>\n{string.Join('\n', card)}\n</peer_card>";
        if (!string.IsNullOrEmpty(representation))
            yield return $"<peer_representation>\n{representation}\n</peer_representation>";
    }
}
