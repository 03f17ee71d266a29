using Kith.Core.Conversations;
using Kith.Core.Storage;

namespace Kith.Core.Threads;

/// <summary>Reads single threads as the sessions have them.</summary>
internal sealed class ThreadReader(IDocumentStore store, MessageLog log, ThreadDirectory directory, TimeProvider time)
{
    /// <summary>Not found, or expired.</summary>
    public async Task<ThreadSnapshot> GetAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await LoadAsync(workspace, id, cancellationToken) is { } thread
            ? thread.IsExpired(time.GetUtcNow()) ? throw Expired(id) : thread
            : throw await MissingAsync(workspace, id, cancellationToken);

    /// <summary>Null when there is none, or it has expired.</summary>
    public async Task<ThreadSnapshot?> FindAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await LoadAsync(workspace, id, cancellationToken) is { } thread && !thread.IsExpired(time.GetUtcNow()) ? thread : null;

    /// <summary>Why there is no thread of that id.</summary>
    private async Task<KithException> MissingAsync(string workspace, string id, CancellationToken cancellationToken) =>
        ThreadIds.IsValid(id) && (await IsEndingAsync(workspace, id, cancellationToken) || await directory.IsExpiredAsync(workspace, id, cancellationToken))
            ? Expired(id)
            : NotFound(id, workspace);

    /// <summary>The thread for a caller that changes it.</summary>
    public ThreadSnapshot Demand(SessionState state, ThreadSettings settings)
    {
        if (state.Head.Expired)
            throw Expired(state.Name);

        var thread = ThreadSnapshot.Of(state, settings) ?? throw NotFound(state.Name, state.Workspace);
        return thread.IsExpired(time.GetUtcNow()) ? throw Expired(state.Name) : thread;
    }

    private async Task<ThreadSnapshot?> LoadAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        if (!ThreadIds.IsValid(id))
            return null;

        var partition = Partition.Conversation(workspace, id);
        var settings = await directory.SettingsAsync(workspace, cancellationToken);
        var head = await log.HeadAsync(partition, cancellationToken);
        var session = await store.FindAsync(partition, SessionDocument.Id, DocumentJson.Default.Session, cancellationToken);
        return ThreadSnapshot.Of(SessionState.Missing(workspace, id) with { Head = head, Session = session }, settings);
    }

    /// <summary>Expired, and its messages are still being removed.</summary>
    private async Task<bool> IsEndingAsync(string workspace, string id, CancellationToken cancellationToken) =>
        (await log.HeadAsync(Partition.Conversation(workspace, id), cancellationToken)).Expired;

    private static KithException NotFound(string id, string workspace) => new(ErrorCode.NotFound, $"Thread {id} not found in workspace {workspace}");

    private static KithException Expired(string id) => new(ErrorCode.NotFound, $"Thread {id} has expired") { Detail = "expired" };
}
