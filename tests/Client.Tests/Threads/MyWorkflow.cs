using Kith.Client.Threads;

namespace Kith.Client.Tests.Threads;

/// <summary>The document's pattern of a workflow that remembers.</summary>
internal sealed class MyWorkflow(ConversationMemory memory) : Workflow<MyState>("myworkflow", memory, StateJson.Default.MyState)
{
    public override string Description => "My custom workflow";

    protected override MyState CreateState() => new();

    protected override Task<WorkflowResult> ExecuteAsync(WorkflowTurn<MyState> turn, CancellationToken cancellationToken)
    {
        var (step, found) = (turn.State.Step, turn.State.Findings.Count);
        turn.State.Step++;
        turn.State.Findings.Add("New finding");
        return Task.FromResult(new WorkflowResult($"Step {step} of {turn.Prompt}, after {found} findings"));
    }
}
