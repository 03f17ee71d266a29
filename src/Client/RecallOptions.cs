namespace Kith.Client;

/// <summary>How much of what is known is taken, and by what.</summary>
public abstract record RecallOptions
{
    private protected RecallOptions()
    {
    }

    /// <summary>
    /// Adds what is close in meaning to this: up to 8,192 tokens. The context of a peer or a session takes the first 500 characters of it, since they are part of an address.
    /// </summary>
    public string? SearchQuery { get; init; }

    /// <summary>How many of these: 1 to 100. Null: a third of all.</summary>
    public int? SearchTopK { get; init; }

    /// <summary>How far in meaning they may be: 0 (the same) to 1.</summary>
    public double? SearchMaxDistance { get; init; }

    /// <summary>Adds what was derived most often (<c>include_most_derived</c> in older clients).</summary>
    public bool? IncludeMostFrequent { get; init; }

    /// <summary>How many conclusions in all: 1 to 100 (<c>max_observations</c> in older clients).</summary>
    public int? MaxConclusions { get; init; }
}
