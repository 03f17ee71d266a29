using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Memory;

/// <summary>Consolidation of what one observer knows about one peer.</summary>
public sealed class Dreams
{
    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Dreams(IDocumentStore store, Workspaces workspaces, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _queue = queue;
        _time = time;
    }

    /// <summary>Asks for a consolidation soon; a no-op while one is pending. Not found without the workspace; invalid when the observed is a scope or dreams are off.</summary>
    public async Task ScheduleAsync(string workspace, string observer, string observed, bool rebuildCard, CancellationToken cancellationToken)
    {
        var found = await _workspaces.FindAsync(workspace, cancellationToken) ?? throw Errors.WorkspaceNotFound(workspace);
        if (observed.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
            throw Errors.IsScope(observed);
        if (!Names.CanExist(observer) || !Names.CanExist(observed))
            throw Errors.BadPeerNames(new[] { observer, observed }.Where(name => !Names.CanExist(name)));
        if (!ProcessingOptions.Resolve(found.Configuration).Dreams)
            throw new KithException(ErrorCode.BudgetExceeded, "Dreams are not enabled in the system configuration");

        var partition = Partition.Memory(workspace, observer, observed);
        await _store.ChangeAsync(partition, Dream.Id, DocumentJson.Default.Dream, Ask, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);

        Dream Ask(Dream? current) => current is { Asked: true }
            ? current
            : (current ?? new Dream()) with { Asked = true, RebuildCard = rebuildCard, DueAt = _time.GetUtcNow() };
    }

    /// <summary>Because a pattern lost something that it rested on. Nothing where dreams are off.</summary>
    internal async Task AskAsync(Partition pair, CancellationToken cancellationToken)
    {
        if (await _workspaces.FindAsync(pair.Workspace, cancellationToken) is { } workspace && ProcessingOptions.Resolve(workspace.Configuration).Dreams)
            await ScheduleAsync(pair.Workspace, pair.Second!, pair.Third!, rebuildCard: false, cancellationToken);
    }
}
