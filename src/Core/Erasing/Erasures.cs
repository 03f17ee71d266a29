using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Erasing;

/// <summary>Erasures with receipts. One per target: asking again while one is under way returns it, and afterwards runs it again.</summary>
public sealed class Erasures
{
    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly Peers _peers;
    private readonly Sessions _sessions;
    private readonly MessageLog _log;
    private readonly SessionEraser _pieces;
    private readonly Remnants _remnants;
    private readonly Eraser _eraser;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Erasures(
        IDocumentStore store,
        Workspaces workspaces,
        Peers peers,
        Sessions sessions,
        MessageLog log,
        SessionEraser pieces,
        Remnants remnants,
        Eraser eraser,
        IWorkQueue queue,
        TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _peers = peers;
        _sessions = sessions;
        _log = log;
        _pieces = pieces;
        _remnants = remnants;
        _eraser = eraser;
        _queue = queue;
        _time = time;
    }

    /// <summary>
    /// Not found when the target is missing and was never erased; invalid when the peer is a scope. The target of a session or a workspace is hidden at once,
    /// the rest is the worker's.
    /// </summary>
    public async Task<Erasure> StartAsync(string workspace, ErasureTarget target, CancellationToken cancellationToken)
    {
        if (await FindAsync(workspace, target.Id, cancellationToken) is not { } known)
            known = await DescribeAsync(workspace, target, cancellationToken);
        else if (!known.HasEnded)
            return known;

        var erasure = await WriteAsync(known, cancellationToken);
        if (target.Kind == ErasureKind.Session && await _sessions.FindAsync(workspace, target.Session!, cancellationToken) is { IsActive: true })
            await _sessions.DeleteAsync(workspace, target.Session!, cancellationToken);
        if (target.Kind == ErasureKind.Workspace && await _workspaces.FindAsync(workspace, cancellationToken) is { Deleting: false })
            await _workspaces.DeleteWithSessionsAsync(workspace, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(erasure.Partition), TimeSpan.Zero, cancellationToken);
        return erasure;
    }

    /// <summary>The workspace's erasures, newest first; oldest first when reversed. Its own is not among them.</summary>
    public Task<Page<Erasure>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) =>
        _store.PageAsync(Erasure.PlaceOf(workspace, ErasureKind.Session), new Query(Erasure.DocumentType) { Descending = !paging.Reverse }, paging, DocumentJson.Default.Erasure, cancellationToken);

    /// <summary>Null when there is none of that id. A workspace's own is found after the workspace is gone.</summary>
    public async Task<Erasure?> FindAsync(string workspace, string id, CancellationToken cancellationToken) => !Names.IsValid(id) || !Names.IsValid(workspace) ? null
        : await _store.FindAsync(Erasure.PlaceOf(workspace, ErasureKind.Session), id, DocumentJson.Default.Erasure, cancellationToken)
            ?? await _store.FindAsync(Erasure.PlaceOf(workspace, ErasureKind.Workspace), id, DocumentJson.Default.Erasure, cancellationToken);

    /// <summary>Not found when there is none of that id.</summary>
    public async Task<Erasure> GetAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await FindAsync(workspace, id, cancellationToken) ?? throw new KithException(ErrorCode.NotFound, $"Erasure {id} not found in workspace {workspace}");

    /// <summary>Searches every store for what is left of the target now. Not found when there is no such erasure.</summary>
    public async Task<Proof> ProveAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var erasure = await GetAsync(workspace, id, cancellationToken);
        var remaining = await _remnants.OfAsync(erasure, cancellationToken);
        return new Proof(_time.GetUtcNow(), remaining, await _pieces.IsInUseAgainAsync(erasure, cancellationToken));
    }

    internal static ErasureStage First(ErasureKind kind) => kind is ErasureKind.Message or ErasureKind.Peer ? ErasureStage.Open : ErasureStage.Purge;

    /// <summary>Carries out the deletion of a session that is hidden, with a receipt.</summary>
    internal async Task PurgeSessionAsync(Partition session, CancellationToken cancellationToken) =>
        await RunAsync(await EnsureAsync(session.Workspace, new ErasureTarget(ErasureKind.Session, session.Second), cancellationToken), cancellationToken);

    /// <summary>The same of a workspace.</summary>
    internal async Task PurgeWorkspaceAsync(string workspace, CancellationToken cancellationToken) =>
        await RunAsync(await EnsureAsync(workspace, new ErasureTarget(ErasureKind.Workspace), cancellationToken), cancellationToken);

    /// <summary>Erases a conclusion before it returns. Not found when missing.</summary>
    internal async Task<Erasure> EraseConclusionAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var target = new ErasureTarget(ErasureKind.Conclusion, Conclusion: id);
        var erasure = await WriteAsync(await DescribeAsync(workspace, target, cancellationToken), cancellationToken);
        return await RunAsync(erasure, cancellationToken);
    }

    private async Task<Erasure> RunAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var run = await _eraser.RunToEndAsync(erasure, cancellationToken);
        if (!run.HasEnded)
            await _queue.EnqueueAsync(new WorkHint(erasure.Partition), TimeSpan.Zero, cancellationToken);
        return run;
    }

    private async Task<Erasure> EnsureAsync(string workspace, ErasureTarget target, CancellationToken cancellationToken)
    {
        var place = Erasure.PlaceOf(workspace, target.Kind);
        return await _store.FindAsync(place, target.Id, DocumentJson.Default.Erasure, cancellationToken) is { HasEnded: false } running
            ? running
            : await WriteAsync(await CountedAsync(New(workspace, target), cancellationToken), cancellationToken);
    }

    private async Task<Erasure> DescribeAsync(string workspace, ErasureTarget target, CancellationToken cancellationToken)
    {
        _ = await _workspaces.FindAsync(workspace, cancellationToken) ?? throw Errors.WorkspaceNotFound(workspace);
        var erasure = New(workspace, target);
        switch (target.Kind)
        {
            case ErasureKind.Message:
                var message = await _log.FindAsync(workspace, target.Session!, target.Message!, cancellationToken)
                    ?? throw new KithException(ErrorCode.NotFound, $"Message {target.Message} not found in session {target.Session}");
                var family = await _pieces.FamilyAsync(workspace, target.Session!, cancellationToken);
                return erasure with { Original = message.CopyOf ?? message.Id, Cursor = erasure.Cursor with { Sessions = family } };
            case ErasureKind.Session:
                if (await _sessions.FindAsync(workspace, target.Session!, cancellationToken) is not { IsActive: true })
                    throw Errors.SessionNotFound(target.Session!, workspace);
                break;
            case ErasureKind.Peer:
                if (target.Peer!.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
                    throw Errors.IsScope(target.Peer);
                _ = await _peers.FindAsync(workspace, target.Peer, cancellationToken) ?? throw Errors.PeerNotFound(target.Peer, workspace);
                break;
            case ErasureKind.Conclusion:
                var query = new Query("conclusion") { Ids = [target.Conclusion!], Limit = 1 };
                var found = (await _store.QueryAsync(Partition.WholeWorkspace(Container.Memory, workspace), query, cancellationToken)).Items;
                if (found.Count == 0)
                    throw Errors.ConclusionNotFound(target.Conclusion!, workspace);
                return await CountedAsync(erasure with { Pair = new ErasureCursor.Pair(found[0].Partition.Second!, found[0].Partition.Third!) }, cancellationToken);
            default:
                break;
        }

        return await CountedAsync(erasure, cancellationToken);
    }

    /// <summary>With the counts of what goes at once.</summary>
    private async Task<Erasure> CountedAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        if (First(erasure.Target.Kind) != ErasureStage.Purge)
            return erasure;
        var copies = erasure.Target.Session is { } session ? await _pieces.CopiesAsync(erasure.WorkspaceId, session, cancellationToken) : [];
        return erasure.With(await _remnants.OfAsync(erasure, cancellationToken)) with { Copies = copies };
    }

    private Erasure New(string workspace, ErasureTarget target) => new()
    {
        Id = target.Id,
        WorkspaceId = workspace,
        Target = target,
        State = ErasureState.Running,
        CreatedAt = _time.GetUtcNow(),
        StartedAt = _time.GetUtcNow(),
        Cursor = new ErasureCursor { Stage = First(target.Kind) },
    };

    /// <summary>Begins the erasure, on top of what earlier runs of it took away.</summary>
    private async Task<Erasure> WriteAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var written = await _store.ChangeAsync(erasure.Partition, erasure.Id, DocumentJson.Default.Erasure, Begin, cancellationToken);
        return written!;

        Erasure Begin(Erasure? current) => current switch
        {
            { HasEnded: false } => current,
            null => erasure with { DueAt = now },
            _ => (ReferenceEquals(current, erasure) || current.StartedAt == erasure.StartedAt ? current : current.With(erasure.Counts)) with
            {
                State = ErasureState.Running,
                Reason = null,
                StartedAt = now,
                FinishedAt = null,
                DueAt = now,
                Remaining = new Dictionary<string, long>(),
                Copies = [.. current.Copies.Union(erasure.Copies)],
                Cursor = new ErasureCursor { Stage = First(erasure.Target.Kind), Piece = current.Cursor.Piece + 1, Sessions = erasure.Cursor.Sessions },
            },
        };
    }
}
