namespace Kith.Client.Administration;

/// <summary>Units of background work.</summary>
public sealed record WorkCounts
{
    /// <summary>All there are.</summary>
    public long Total { get; init; }

    /// <summary>Those that are done.</summary>
    public long Completed { get; init; }

    /// <summary>Those under way.</summary>
    public long InProgress { get; init; }

    /// <summary>Those that wait.</summary>
    public long Pending { get; init; }

    /// <summary>Those that were given up.</summary>
    public long Failed { get; init; }
}
