namespace Kith.Client.Administration;

/// <summary>What became of a message.</summary>
public sealed record MessageState
{
    /// <summary>The message.</summary>
    public required string MessageId { get; init; }

    /// <summary>Who said it.</summary>
    public string PeerId { get; init; } = "";

    /// <summary>Its place in the session, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary><c>pending</c>, <c>derived</c>, <c>skipped</c> or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>
    /// Pending: <c>queued</c>, <c>working</c>, <c>gathering</c> or <c>retrying</c>. Skipped: <c>empty</c>, <c>reasoning_off</c>, <c>not_observed</c> or <c>copied</c>. Failed:
    /// <c>step_failed</c>.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>What failed.</summary>
    public string? Detail { get; init; }

    /// <summary>When it goes on at the latest.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The step to replay: <see cref="FailedSteps.ReplayAsync"/>.</summary>
    public string? FailedStepId { get; init; }
}
