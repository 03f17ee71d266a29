using Kith.Core.Conversations;
using Kith.Core.Storage;

namespace Kith.Core.Erasing;

/// <summary>
/// The right to take away what stands under a session's id. While it is held nobody begins the id anew; who takes it ends the right of whoever had it, so that
/// a slow one meets no later session of that id.
/// </summary>
internal sealed class SessionHold : IDisposable
{
    private const int Attempts = 16;

    /// <summary>One operation of a batch is the head's.</summary>
    private const int MostRemovals = StoreLimits.BatchOperations - 1;

    /// <summary>Those of this process wait for each other; only others are overtaken.</summary>
    private static readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    private readonly IDocumentStore _store;
    private SemaphoreSlim? _turn;
    private string _etag;

    private SessionHold(IDocumentStore store, Partition session, Head head, string etag, SemaphoreSlim turn) =>
        (_store, Session, Head, _etag, _turn) = (store, session, head, etag, turn);

    public Partition Session { get; }

    public Head Head { get; }

    /// <summary>Null where nothing is to be taken away.</summary>
    /// <param name="from">Sessions to take it from.</param>
    public static async Task<SessionHold?> TakeAsync(IDocumentStore store, Partition session, Holding from, TimeProvider time, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)session.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        SessionHold? hold = null;
        try
        {
            return hold = await TakeAsync(store, session, from, turn, time, cancellationToken);
        }
        finally
        {
            if (hold is null)
                turn.Release();
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();

    private static async Task<SessionHold?> TakeAsync(IDocumentStore store, Partition session, Holding from, SemaphoreSlim turn, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var document = await store.ReadAsync(session, Head.Id, cancellationToken);
            var head = document?.As(DocumentJson.Default.Head) ?? new Head { Deleting = true };
            if ((document is null && from != Holding.WhateverIsLeft) || (!head.Deleting && from != Holding.Any))
                return null;
            // Should this process die, the sweep goes on with it.
            head = head with { Deleting = true, DueAt = head.DueAt ?? time.GetUtcNow() };
            var body = Stored.Body(head, DocumentJson.Default.Head);
            Operation taking = document is null ? new Operation.Create(Head.Id, body) : new Operation.Replace(Head.Id, body, document.ETag);
            if (await store.ExecuteAsync(session, [taking], cancellationToken) is { Applied: true } taken)
                return new SessionHold(store, session, head, taken.ETags[0], turn);
        }

        throw Lost();
    }

    /// <exception cref="KithException">Unavailable: somebody else has the right now.</exception>
    public async Task DemandAsync(CancellationToken cancellationToken)
    {
        if ((await _store.ReadAsync(Session, Head.Id, cancellationToken))?.ETag != _etag)
            throw Lost();
    }

    /// <summary>Takes documents of the session itself away.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(MostRemovals))
        {
            if (await TryRemoveAsync(batch, cancellationToken))
                continue;
            // One of them is gone already.
            foreach (var id in batch)
                await TryRemoveAsync([id], cancellationToken);
        }
    }

    /// <summary>
    /// Takes away what tells of the session elsewhere, each as it was while the right was held: what a later session of that id writes is another document.
    /// </summary>
    public async Task RemoveElsewhereAsync(IReadOnlyCollection<Document> documents, CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
            return;

        await DemandAsync(cancellationToken);
        foreach (var partition in documents.GroupBy(document => document.Partition))
        {
            foreach (var batch in partition.Chunk(StoreLimits.BatchOperations))
            {
                Operation[] removals = [.. batch.Select(document => new Operation.Delete(document.Id, document.ETag))];
                if ((await _store.ExecuteAsync(partition.Key, removals, cancellationToken)).Applied)
                    continue;
                foreach (var removal in removals)
                    await _store.ExecuteAsync(partition.Key, [removal], cancellationToken);
            }
        }
    }

    /// <summary>The id may be used again. Head and session go together: between the two somebody could begin the session anew, and would lose its head.</summary>
    public async Task FreeAsync(CancellationToken cancellationToken)
    {
        var freeing = new Operation.Delete(Head.Id, _etag);
        if ((await _store.ExecuteAsync(Session, [freeing, new Operation.Delete(SessionDocument.Id)], cancellationToken)).Applied)
            return;
        if (!(await _store.ExecuteAsync(Session, [freeing], cancellationToken)).Applied)
            throw Lost();
    }

    private static KithException Lost() => new(ErrorCode.Unavailable, "Somebody else deletes this session at the same time; try again.");

    private async Task<bool> TryRemoveAsync(string[] ids, CancellationToken cancellationToken)
    {
        var keeping = new Operation.Replace(Head.Id, Stored.Body(Head, DocumentJson.Default.Head), _etag);
        var result = await _store.ExecuteAsync(Session, [keeping, .. ids.Select(id => new Operation.Delete(id))], cancellationToken);
        if (result.Applied)
            _etag = result.ETags[0];
        else if (result.FailedOperation == 0)
            throw Lost();
        return result.Applied;
    }

    public enum Holding
    {
        /// <summary>One that is being deleted.</summary>
        Deleted,

        /// <summary>The same, or none: until it is free again the id is kept from use.</summary>
        WhateverIsLeft,

        /// <summary>One that there is, in use or not.</summary>
        Any,
    }
}
