using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Threads;

/// <summary>The directory's copies of threads: what lists, branches and expiry look at. Sessions decide; the worker repairs the copies.</summary>
internal sealed class ThreadDirectory(IDocumentStore store, TimeProvider time)
{
    /// <summary>How long it is still known that an id was a thread's that expired.</summary>
    private static readonly TimeSpan Remembrance = TimeSpan.FromDays(30);

    public async Task<ThreadSettings> SettingsAsync(string workspace, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(Owners.Workspace(workspace), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);
        return (found?.Settings ?? WorkspaceSettings.Default).Threads;
    }

    /// <summary>The copy of a session that is a thread.</summary>
    public async Task WriteAsync(SessionState state, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(state.Workspace, cancellationToken);
        if (ThreadSnapshot.Of(state, settings) is { } snapshot)
            await store.ChangeAsync(Owners.Threads(state.Workspace), state.Name, DocumentJson.Default.ThreadEntry, Newer, cancellationToken);
        else
            await RemoveAsync(state.Workspace, state.Name, state.Head.Expired, cancellationToken);

        // Whoever was overtaken on the way here does not undo what came later.
        ThreadEntry Newer(ThreadEntry? current) =>
            current?.Thread is not null && (current.CreatedAt, current.Stored, current.Erased).CompareTo((snapshot.UpdatedAt, snapshot.Stored, snapshot.Erased)) > 0 ? current : ThreadEntry.Of(snapshot);
    }

    /// <param name="expired">Whether it stays known for a while that there was a thread.</param>
    public async Task RemoveAsync(string workspace, string id, bool expired, CancellationToken cancellationToken)
    {
        var partition = Owners.Threads(workspace);
        if (!expired)
        {
            await store.ExecuteAsync(partition, [new Operation.Delete(id)], cancellationToken);
            return;
        }

        if (await store.FindAsync(partition, id, DocumentJson.Default.ThreadEntry, cancellationToken) is not { Thread: not null } entry)
            return;

        var rest = new ThreadEntry { CreatedAt = entry.CreatedAt, StartedAt = entry.StartedAt };
        await store.ExecuteAsync(partition, [new Operation.Upsert(id, Stored.Body(rest, DocumentJson.Default.ThreadEntry), Remembrance)], cancellationToken);
    }

    /// <summary>The copy of a thread whose session is gone; not what is left of an expired one.</summary>
    public async Task RemoveOrphanAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var partition = Owners.Threads(workspace);
        if (await store.ReadAsync(partition, id, cancellationToken) is { } document && document.As(DocumentJson.Default.ThreadEntry).Thread is not null)
            await store.ExecuteAsync(partition, [new Operation.Delete(id, document.ETag)], cancellationToken);
    }

    /// <summary>Whether there was a thread of that id that has expired.</summary>
    public async Task<bool> IsExpiredAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(Owners.Threads(workspace), id, DocumentJson.Default.ThreadEntry, cancellationToken) is { Thread: null };

    /// <summary>Works out anew when each thread expires, after the settings changed.</summary>
    public async Task RescheduleAsync(string workspace, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(workspace, cancellationToken);
        var partition = Owners.Threads(workspace);
        await foreach (var document in store.AllAsync(partition, new Query("thread"), cancellationToken))
        {
            await store.ChangeAsync(
                partition,
                document.Id,
                DocumentJson.Default.ThreadEntry,
                current => current?.Snapshot(document.Id, settings) is not { } snapshot || snapshot.ExpiresAt == current.DueAt ? current : ThreadEntry.Of(snapshot),
                cancellationToken);
        }
    }

    /// <summary>A page of threads that have not expired, the newest activity first. It may hold fewer than the limit before the end.</summary>
    public async Task<(IReadOnlyList<ThreadSnapshot> Threads, string? Cursor)> PageAsync(
        string workspace,
        Condition? where,
        int limit,
        string? cursor,
        CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(workspace, cancellationToken);
        var page = await store.QueryAsync(Owners.Threads(workspace), Living(where) with { Limit = limit, Continuation = cursor }, cancellationToken);
        return ([.. page.Items.Select(document => Living(document, settings)).OfType<ThreadSnapshot>()], page.Continuation);
    }

    /// <summary>All threads that have not expired, the newest activity first.</summary>
    public async IAsyncEnumerable<ThreadSnapshot> AllAsync(
        string workspace,
        Condition? where,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(workspace, cancellationToken);
        await foreach (var document in store.AllAsync(Owners.Threads(workspace), Living(where), cancellationToken))
        {
            if (Living(document, settings) is { } thread)
                yield return thread;
        }
    }

    /// <summary>All threads whose messages are still stored, expired ones included.</summary>
    public async IAsyncEnumerable<ThreadSnapshot> StoredAsync(string workspace, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(workspace, cancellationToken);
        await foreach (var document in store.AllAsync(Owners.Threads(workspace), new Query("thread"), cancellationToken))
        {
            if (document.As(DocumentJson.Default.ThreadEntry).Snapshot(document.Id, settings) is { } thread)
                yield return thread;
        }
    }

    public static Condition HasParent(string id) => new Condition.Compare(Field.Text("thread", "parentThreadId"), Comparison.Equal, id);

    private Query Living(Condition? where) => new("thread")
    {
        Descending = true,
        Where = Stored.And(new Condition.Compare(Field.Time("expiresAt"), Comparison.GreaterOrEqual, Timestamp.Of(time.GetUtcNow())), where),
    };

    /// <summary>The copy may not know the newest settings yet.</summary>
    private ThreadSnapshot? Living(Document document, ThreadSettings settings) =>
        document.As(DocumentJson.Default.ThreadEntry).Snapshot(document.Id, settings) is { } thread && !thread.IsExpired(time.GetUtcNow()) ? thread : null;
}
