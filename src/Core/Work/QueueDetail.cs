namespace Kith.Core.Work;

/// <summary>How far background work is, and what holds it up.</summary>
/// <param name="OldestAt">When the oldest message that waits came in; null where none does.</param>
/// <param name="FailedSteps">Those that nobody dismissed.</param>
/// <param name="PendingDeliveries">Events that are still to be sent.</param>
/// <param name="Sessions">Those where something waits or failed.</param>
public sealed record QueueDetail(WorkUnits Units, DateTimeOffset? OldestAt, long FailedSteps, long PendingDeliveries, IReadOnlyList<SessionQueue> Sessions)
{
    public bool IsIdle => Units is { Pending: 0, InProgress: 0 };
}
