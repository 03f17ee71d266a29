using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Agency;

/// <summary>The agents that a workspace knows.</summary>
public sealed class Agents
{
    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly TimeProvider _time;

    internal Agents(IDocumentStore store, Workspaces workspaces, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _time = time;
    }

    /// <summary>Creates the agent, and the workspace, or changes what is known of it. <paramref name="change"/> gets null for a new one; its ids and creation time are kept.</summary>
    public async Task<(Agent Agent, bool Created)> PutAsync(string workspace, string id, Func<Agent?, Agent> change, CancellationToken cancellationToken)
    {
        await _workspaces.GetOrCreateAsync(workspace, null, null, cancellationToken);
        var created = false;
        var agent = await _store.ChangeAsync(Owners.Agents(workspace), id, DocumentJson.Default.Agent, Change, cancellationToken);
        return (agent!, created);

        Agent Change(Agent? current)
        {
            created = current is null;
            return change(current) with { Id = id, WorkspaceId = workspace, CreatedAt = current?.CreatedAt ?? _time.GetUtcNow() };
        }
    }

    /// <summary>Null when the workspace does not know it.</summary>
    public Task<Agent?> FindAsync(string workspace, string id, CancellationToken cancellationToken) =>
        _store.FindAsync(Owners.Agents(workspace), id, DocumentJson.Default.Agent, cancellationToken);

    /// <summary>Not found (detail <c>agent</c>) when the workspace does not know it.</summary>
    public async Task<Agent> GetAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await FindAsync(workspace, id, cancellationToken) ?? throw NotFound(id);

    /// <summary>All of them, oldest first.</summary>
    public async Task<IReadOnlyList<Agent>> ListAsync(string workspace, CancellationToken cancellationToken)
    {
        var agents = new List<Agent>();
        await foreach (var document in _store.AllAsync(Owners.Agents(workspace), new Query("agent"), cancellationToken))
            agents.Add(document.As(DocumentJson.Default.Agent));
        return agents;
    }

    /// <summary>Its sessions go on; nobody answers in them any more. Not found when the workspace does not know it.</summary>
    public async Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        if (!(await _store.ExecuteAsync(Owners.Agents(workspace), [new Operation.Delete(id)], cancellationToken)).Applied)
            throw NotFound(id);
    }

    private static KithException NotFound(string id) => new(ErrorCode.NotFound, $"Agent with ID '{id}' not found") { Detail = "agent" };
}
