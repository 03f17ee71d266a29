using Kith.Core.Agency;

namespace Kith.Core.Work;

/// <summary>A step that could not succeed: its reason, and what is needed to try it again. Later work went on.</summary>
public sealed record FailedStep
{
    internal const string DocumentType = "failedStep";

    public string Type { get; } = DocumentType;

    /// <summary>The same for the same step, however often it fails.</summary>
    public required string Id { get; init; }

    /// <summary>Null for what belongs to no session.</summary>
    public string? Session { get; init; }

    public string? Observer { get; init; }

    public string? Observed { get; init; }

    /// <summary>Of <see cref="StepKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>With <see cref="Through"/>: the messages of the session that it was about, by sequence; zero where it was about none.</summary>
    public long After { get; init; }

    public long Through { get; init; }

    /// <summary>The rebuild or the delivery that it was about; null where it was about messages or a pair.</summary>
    public string? Target { get; init; }

    /// <summary>Units of the queue's status that failed with it.</summary>
    public long Units { get; init; }

    /// <summary>Without message content.</summary>
    public required string Reason { get; init; }

    /// <summary>When it first failed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last failed.</summary>
    public required DateTimeOffset FailedAt { get; init; }

    public int Times { get; init; } = 1;

    /// <summary>Since when it is tried again; null while nobody asked, and after it failed again.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>Since when somebody knows of it and will do nothing about it.</summary>
    public DateTimeOffset? DismissedAt { get; init; }

    /// <summary>When the worker should repeat it; null where it does not, or where another document of its place asks for it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The reply that was owed, for <see cref="StepKinds.Reply"/>.</summary>
    public PendingReply? Reply { get; init; }

    public FailedStepState State => DismissedAt is not null ? FailedStepState.Dismissed : ReplayedAt is not null ? FailedStepState.Replaying : FailedStepState.Failed;

    internal FailedStep Again(FailedStep failure) => this with
    {
        Reason = failure.Reason,
        Units = Math.Max(Units, failure.Units),
        FailedAt = failure.FailedAt,
        Times = Times + 1,
        ReplayedAt = null,
        DismissedAt = null,
        DueAt = null,
    };
}
