using Kith.Client.Filtering;

namespace Kith.Client;

/// <summary>How many conclusions are found, how far from the query, and by what else.</summary>
public sealed record ConclusionQueryOptions
{
    /// <summary>1 to 100. Null: the server's usual, 10.</summary>
    public int? TopK { get; init; }

    /// <summary>How far in meaning they may be: 0 (the same) to 1.</summary>
    public double? Distance { get; init; }

    /// <summary>Only what it admits.</summary>
    public Filter? Filter { get; init; }

    /// <summary>What was true then. Kith only.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What was known then. Kith only.</summary>
    public DateTimeOffset? KnownAt { get; init; }
}
