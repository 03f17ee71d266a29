namespace Kith.Client.Administration;

/// <summary>What a search of every store finds of an erased target.</summary>
public sealed record ErasureProof
{
    /// <summary>When it was made.</summary>
    public DateTimeOffset CheckedAt { get; init; }

    /// <summary>How much refers to the target: 0 once it is erased.</summary>
    public long Left { get; init; }

    /// <summary>The same by kind of document.</summary>
    public IReadOnlyDictionary<string, long> Remaining { get; init; } = new Dictionary<string, long>();

    /// <summary>The id was given to something new since, and what is left may be of that.</summary>
    public bool InUseAgain { get; init; }
}
