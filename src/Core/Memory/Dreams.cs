using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Memory;

/// <summary>Consolidation of what one observer knows about one peer.</summary>
public sealed class Dreams
{
    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly DreamNotes _notes;
    private readonly DreamOptions _options;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Dreams(IDocumentStore store, Workspaces workspaces, DreamNotes notes, DreamOptions options, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _notes = notes;
        _options = options;
        _queue = queue;
        _time = time;
    }

    /// <summary>
    /// Asks for a consolidation soon, whatever the last one did; a no-op while one is asked for. Not found without the workspace; invalid when the observed
    /// is a scope or dreams are off.
    /// </summary>
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
        await _notes.ChangeAsync(partition, Ask, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);

        Dream Ask(Dream? current) => current is { AskedAt: not null }
            ? current
            : (current ?? new Dream()) with { AskedAt = _time.GetUtcNow(), RebuildCard = rebuildCard };
    }

    /// <summary>Where the pair's consolidation stands. Not found without the workspace; empty for a pair that nothing is known of.</summary>
    public async Task<DreamHistory> HistoryAsync(string workspace, string observer, string observed, CancellationToken cancellationToken)
    {
        _ = await _workspaces.FindAsync(workspace, cancellationToken) ?? throw Errors.WorkspaceNotFound(workspace);
        if (!Names.CanExist(observer) || !Names.CanExist(observed))
            throw Errors.BadPeerNames(new[] { observer, observed }.Where(name => !Names.CanExist(name)));

        var pair = Partition.Memory(workspace, observer, observed);
        var dream = await _store.FindAsync(pair, Dream.Id, DocumentJson.Default.Dream, cancellationToken) ?? new Dream();
        var runs = await _store.QueryAsync(pair, new Query(DreamRun.DocumentType) { Descending = true, Limit = DreamRun.Kept }, cancellationToken);
        return new DreamHistory(
            dream.AskedAt ?? dream.EnoughAt,
            (dream with { Run = null }).At(_options),
            dream.Run?.StartedAt,
            dream.Fresh,
            [.. runs.Items.Select(document => document.As(DocumentJson.Default.DreamRun))]);
    }

    /// <summary>Because a pattern lost something that it rested on. Nothing where dreams are off.</summary>
    internal async Task AskAsync(Partition pair, CancellationToken cancellationToken)
    {
        if (await _workspaces.FindAsync(pair.Workspace, cancellationToken) is { } workspace && ProcessingOptions.Resolve(workspace.Configuration).Dreams)
            await ScheduleAsync(pair.Workspace, pair.Second!, pair.Third!, rebuildCard: false, cancellationToken);
    }
}
