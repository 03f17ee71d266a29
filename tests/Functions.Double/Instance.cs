using Microsoft.DurableTask.Client;

namespace Kith.Functions.Double;

/// <summary>What a backend keeps of one orchestration.</summary>
internal sealed class Instance(string id, string name, string input)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public string Input { get; set; } = input;

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    /// <summary>What the orchestrator knows.</summary>
    public List<HistoryEvent> History { get; } = [];

    /// <summary>What it has asked for.</summary>
    public List<ScheduledActivity> Scheduled { get; } = [];

    /// <summary>What it has not learnt yet.</summary>
    public List<HistoryEvent> Inbox { get; } = [];

    public bool IsTurning { get; set; }

    /// <summary>How often it started over; results that were asked for before are nobody's any more.</summary>
    public int Generation { get; set; }

    public bool IsCompleted => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
