namespace Kith.Core.Memory;

/// <summary>Which conclusions of a pair make up a representation (spec honcho-engine §4.1).</summary>
public sealed record RepresentationRequest(string Workspace, string Observer, string Observed)
{
    public string? SearchQuery { get; init; }

    /// <summary>How many by similarity, 1 to 100; a third of the total when null.</summary>
    public int? SearchTopK { get; init; }

    /// <summary>Cosine distance, 0 to 1.</summary>
    public double? SearchMaxDistance { get; init; }

    public bool IncludeMostFrequent { get; init; }

    /// <summary>1 to 100.</summary>
    public int MaxConclusions { get; init; } = 25;

    public Clocks Clocks { get; init; } = Clocks.Now;

    /// <summary>Only explicit conclusions stamped with these sessions; an empty list sees nothing.</summary>
    public IReadOnlyList<string>? Sessions { get; init; }
}
