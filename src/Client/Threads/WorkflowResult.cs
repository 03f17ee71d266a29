using System.Text.Json.Nodes;

namespace Kith.Client.Threads;

/// <summary>What a run of a workflow came to.</summary>
/// <param name="Synthesis">The answer, which is stored as what the assistant said.</param>
public sealed record WorkflowResult(string Synthesis)
{
    private readonly List<WorkflowStep> _steps = [];

    /// <summary>The thread, to be given as the continuation of the next run. Filled by <see cref="Workflow{TState}.RunAsync"/>.</summary>
    public string ThreadId { get; init; } = "";

    /// <summary>The run went on with a thread that was there.</summary>
    public bool IsContinuation { get; init; }

    /// <summary>Members of your own.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>How the model was called, for the stored message.</summary>
    public string? ModelProvider { get; init; }

    /// <summary>The model that answered, for the stored message.</summary>
    public string? ModelName { get; init; }

    /// <summary>Members of your own for the stored message.</summary>
    public JsonObject? MessageMetadata { get; init; }

    /// <summary>What was done on the way.</summary>
    public IReadOnlyList<WorkflowStep> Steps => _steps;

    /// <summary>Adds a step.</summary>
    /// <param name="step">The step.</param>
    public WorkflowResult AddStep(WorkflowStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        _steps.Add(step);
        return this;
    }
}
