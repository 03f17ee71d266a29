namespace Kith.Core.Reasoning;

/// <summary>A conclusion that recall brought up for a question.</summary>
/// <param name="Distance">Cosine distance to the question, null when it was found by text alone.</param>
public sealed record RecalledConclusion(
    string Id,
    string Content,
    string Level,
    DateTimeOffset SaidAt,
    string? SessionId,
    IReadOnlyList<string> MessageIds,
    double Score,
    double? Distance)
{
    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; init; } = SaidAt;

    /// <summary>Since when it holds; since it was said where null.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>See <see cref="Statement.Slot"/>.</summary>
    public string? Slot { get; init; }

    /// <summary>The conclusions it rests on; empty for explicit ones.</summary>
    public IReadOnlyList<string> SourceIds { get; init; } = [];

    /// <summary>How it is linked to the conclusion whose chain was asked for; null elsewhere.</summary>
    public ConclusionLink? Link { get; init; }
}
