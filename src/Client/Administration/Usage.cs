namespace Kith.Client.Administration;

/// <summary>Calls to models and their tokens, over days in UTC.</summary>
public sealed record Usage
{
    /// <summary>The first day.</summary>
    public DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly To { get; init; }

    /// <summary>By day, purpose and model.</summary>
    public IReadOnlyList<UsageOfDay> Days { get; init; } = [];

    /// <summary>By purpose.</summary>
    public IReadOnlyList<UsageOfPurpose> Purposes { get; init; } = [];

    /// <summary>All together.</summary>
    public UsageSum Total { get; init; } = new();
}
