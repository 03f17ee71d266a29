using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Threads;

/// <summary>States of workflows by name, apart from threads (spec modelchorus §6).</summary>
public sealed class WorkflowStates
{
    private readonly IDocumentStore _store;
    private readonly Peers _peers;
    private readonly TimeProvider _time;

    internal WorkflowStates(IDocumentStore store, Peers peers, TimeProvider time)
    {
        _store = store;
        _peers = peers;
        _time = time;
    }

    public async Task<WorkflowState> GetAsync(string workspace, string workflow, CancellationToken cancellationToken) => ThreadIds.IsValid(workflow)
        ? await _store.FindAsync(Owners.States(workspace), workflow, DocumentJson.Default.WorkflowState, cancellationToken) ?? throw NotFound(workspace, workflow)
        : throw BadName();

    /// <summary>In the order in which they were first stored.</summary>
    public async Task<IReadOnlyList<WorkflowState>> ListAsync(string workspace, CancellationToken cancellationToken)
    {
        var states = new List<WorkflowState>();
        await foreach (var document in _store.AllAsync(Owners.States(workspace), new Query("workflowState"), cancellationToken))
            states.Add(document.As(DocumentJson.Default.WorkflowState));
        return states;
    }

    /// <summary>Creates the workspace too.</summary>
    /// <param name="precondition">On the state's tag.</param>
    public async Task<WorkflowState> ChangeAsync(string workspace, string workflow, StateChange change, Precondition precondition, CancellationToken cancellationToken)
    {
        if (!ThreadIds.IsValid(workflow))
            throw BadName();

        await _peers.EnsureWorkspaceAsync(workspace, cancellationToken);
        var changed = await _store.ChangeAsync(Owners.States(workspace), workflow, DocumentJson.Default.WorkflowState, Change, cancellationToken);
        return changed!;

        WorkflowState Change(WorkflowState? current)
        {
            precondition.Demand(current?.Tag);
            return (change with { WorkflowName = workflow }).Apply(current, workflow, _time.GetUtcNow());
        }
    }

    public async Task DeleteAsync(string workspace, string workflow, CancellationToken cancellationToken)
    {
        if (!ThreadIds.IsValid(workflow))
            throw BadName();
        if (!(await _store.ExecuteAsync(Owners.States(workspace), [new Operation.Delete(workflow)], cancellationToken)).Applied)
            throw NotFound(workspace, workflow);
    }

    /// <summary>Removes all of them. How many there were.</summary>
    public async Task<int> ClearAsync(string workspace, CancellationToken cancellationToken)
    {
        var states = await ListAsync(workspace, cancellationToken);
        await _store.DeleteAllAsync(_store.AllAsync(Owners.States(workspace), new Query("workflowState"), cancellationToken), cancellationToken);
        return states.Count;
    }

    private static KithException NotFound(string workspace, string workflow) => new(ErrorCode.NotFound, $"No state of workflow {workflow} in workspace {workspace}");

    private static KithException BadName() => new(ErrorCode.Invalid, $"The name of a stored state has {ThreadIds.Rule}");
}
