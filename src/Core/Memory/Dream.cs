namespace Kith.Core.Memory;

/// <summary>The consolidation state of one pair.</summary>
internal sealed record Dream
{
    public const string Id = "$dream";

    public string Type { get; } = "dream";

    /// <summary>When the worker should look; null while nothing is asked for.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Start the card from nothing instead of adding to it.</summary>
    public bool RebuildCard { get; init; }

    public DateTimeOffset? LastRunAt { get; init; }

    /// <summary>Conclusions written outside the pipeline whose index entries are not known to be durable.</summary>
    public IReadOnlyList<string> Unindexed { get; init; } = [];

    public bool Asked { get; init; }
}
