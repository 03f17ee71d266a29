using System.Text.Json.Serialization;

namespace Kith.Client.Models;

/// <summary>How far background work is: nothing is left when <see cref="IsIdle"/>.</summary>
public sealed record QueueStatus
{
    /// <summary>All there are.</summary>
    public long TotalWorkUnits { get; init; }

    /// <summary>Those that are done.</summary>
    public long CompletedWorkUnits { get; init; }

    /// <summary>Those under way.</summary>
    public long InProgressWorkUnits { get; init; }

    /// <summary>Those that wait.</summary>
    public long PendingWorkUnits { get; init; }

    /// <summary>The same by session; null when one session was asked about, or nothing is queued.</summary>
    public IReadOnlyDictionary<string, WorkUnits>? Sessions { get; init; }

    /// <summary>Nothing waits and nothing is under way.</summary>
    [JsonIgnore]
    public bool IsIdle => PendingWorkUnits + InProgressWorkUnits == 0;
}
