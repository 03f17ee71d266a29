using Kith.Core.Directory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Rebuilding;

/// <summary>The jobs that make projections anew. One per target: asking again returns the one under way, or starts over when it has ended.</summary>
public sealed class Rebuilds
{
    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly Peers _peers;
    private readonly Sessions _sessions;
    private readonly IEmbedder _embedder;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Rebuilds(IDocumentStore store, Workspaces workspaces, Peers peers, Sessions sessions, IEmbedder embedder, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _peers = peers;
        _sessions = sessions;
        _embedder = embedder;
        _queue = queue;
        _time = time;
    }

    /// <summary>Not found when workspace, session or peer is missing; invalid when the peer is a scope.</summary>
    public async Task<Rebuild> StartAsync(RebuildRequest request, CancellationToken cancellationToken)
    {
        var (workspace, session, peer) = (request.Workspace, request.Session, request.Peer);
        _ = await _workspaces.FindAsync(workspace, cancellationToken) ?? throw Errors.WorkspaceNotFound(workspace);
        if (session is not null)
            _ = await _sessions.FindAsync(workspace, session, cancellationToken) ?? throw Errors.SessionNotFound(session, workspace);
        if (peer?.StartsWith(Names.ScopePrefix, StringComparison.Ordinal) == true)
            throw Errors.IsScope(peer);
        if (peer is not null)
            _ = await _peers.FindAsync(workspace, peer, cancellationToken) ?? throw Errors.PeerNotFound(peer, workspace);

        RebuildPart[] parts = request.Parts is { Count: > 0 } given ? [.. given.Distinct().Order()]
            : peer is null ? [RebuildPart.Conclusions, RebuildPart.Summaries, RebuildPart.Index]
            : [RebuildPart.Conclusions, RebuildPart.Index];
        return await StartAsync(workspace, Ids.Of("rebuild", session ?? "", peer ?? ""), parts, session, peer, cancellationToken);
    }

    /// <summary>Newest first; oldest first when reversed.</summary>
    public Task<Page<Rebuild>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) =>
        _store.PageAsync(Partition.WholeWorkspace(Container.Work, workspace), new Query("rebuild") { Descending = !paging.Reverse }, paging, DocumentJson.Default.Rebuild, cancellationToken);

    /// <summary>Null when there is none of that id.</summary>
    public async Task<Rebuild?> FindAsync(string workspace, string id, CancellationToken cancellationToken) => Names.IsValid(id)
        ? await _store.FindAsync(Partition.Work(workspace, id), Rebuild.DocumentId, DocumentJson.Default.Rebuild, cancellationToken)
        : null;

    /// <summary>Because the embedding model changed. One that failed for this model is not begun again.</summary>
    internal async Task<Rebuild> ReembedAsync(string workspace, CancellationToken cancellationToken)
    {
        var id = Ids.Of("rebuild", "", "", "embeddings");
        return await FindAsync(workspace, id, cancellationToken) is { State: RebuildState.Failed } failed && failed.Model == _embedder.Model
            ? failed
            : await StartAsync(workspace, id, [RebuildPart.Index], null, null, cancellationToken);
    }

    private async Task<Rebuild> StartAsync(string workspace, string id, IReadOnlyList<RebuildPart> parts, string? session, string? peer, CancellationToken cancellationToken)
    {
        var partition = Partition.Work(workspace, id);
        var rebuild = await _store.ChangeAsync(partition, Rebuild.DocumentId, DocumentJson.Default.Rebuild, Start, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);
        return rebuild!;

        Rebuild Start(Rebuild? current) => current is { HasEnded: false } ? current : new Rebuild
        {
            Id = id,
            WorkspaceId = workspace,
            Parts = parts,
            Session = session,
            Peer = peer,
            Model = parts.Contains(RebuildPart.Index) ? _embedder.Model : null,
            State = RebuildState.Waiting,
            CreatedAt = _time.GetUtcNow(),
            DueAt = _time.GetUtcNow(),
        };
    }
}
