namespace Kith.Client.Models;

/// <summary>How far background work is.</summary>
public sealed record WorkUnits
{
    /// <summary>The session whose work it is; null for all together.</summary>
    public string? SessionId { get; init; }

    /// <summary>All there are.</summary>
    public long TotalWorkUnits { get; init; }

    /// <summary>Those that are done.</summary>
    public long CompletedWorkUnits { get; init; }

    /// <summary>Those under way.</summary>
    public long InProgressWorkUnits { get; init; }

    /// <summary>Those that wait.</summary>
    public long PendingWorkUnits { get; init; }
}
