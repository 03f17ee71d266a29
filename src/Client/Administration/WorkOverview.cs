namespace Kith.Client.Administration;

/// <summary>What is left to be worked out, since when, and what holds it up.</summary>
public sealed record WorkOverview
{
    /// <summary>How much.</summary>
    public WorkCounts Units { get; init; } = new();

    /// <summary>When the oldest message that waits came in; null where none does.</summary>
    public DateTimeOffset? OldestPendingAt { get; init; }

    /// <summary>How long it has waited, in seconds.</summary>
    public double? OldestPendingSeconds { get; init; }

    /// <summary>Steps that were given up and that nobody put aside: <see cref="FailedSteps"/>.</summary>
    public long FailedSteps { get; init; }

    /// <summary>Events that are still to be sent to webhooks.</summary>
    public long PendingDeliveries { get; init; }

    /// <summary>The sessions where something waits or failed, the oldest first.</summary>
    public IReadOnlyList<WorkOfSession> Sessions { get; init; } = [];
}
