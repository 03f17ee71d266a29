namespace Kith.Client.Administration;

/// <summary>What is left to be worked out for a session, and what holds it up.</summary>
public sealed record WorkOfSession
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>How much.</summary>
    public WorkCounts Units { get; init; } = new();

    /// <summary>When the oldest message that waits came in; null where none does.</summary>
    public DateTimeOffset? OldestPendingAt { get; init; }

    /// <summary>How long it has waited, in seconds.</summary>
    public double? OldestPendingSeconds { get; init; }

    /// <summary>Why: <c>queued</c>, <c>working</c>, <c>gathering</c> (more messages are waited for) or <c>retrying</c>; null where nothing waits.</summary>
    public string? Reason { get; init; }

    /// <summary>What failed, where it is tried again.</summary>
    public string? Detail { get; init; }

    /// <summary>When it goes on at the latest.</summary>
    public DateTimeOffset? Until { get; init; }
}
