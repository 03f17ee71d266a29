namespace Kith.Core.Events;

/// <summary>What webhooks are told of.</summary>
public static class EventTypes
{
    /// <summary>The work of a session ran dry (spec honcho-api §10).</summary>
    public const string QueueEmpty = "queue.empty";

    public const string Test = "test.event";
    public const string ConclusionCreated = "conclusion.created";
    public const string ConclusionSuperseded = "conclusion.superseded";
    public const string SummaryCreated = "summary.created";
    public const string EraseCompleted = "erase.completed";
    public const string StepFailed = "step.failed";

    public static IReadOnlyList<string> All { get; } = [ConclusionCreated, ConclusionSuperseded, EraseCompleted, QueueEmpty, StepFailed, SummaryCreated, Test];

    /// <summary>Those that the original knows: all that addresses hear of which were registered through its door.</summary>
    public static IReadOnlyList<string> Original { get; } = [QueueEmpty, Test];
}
