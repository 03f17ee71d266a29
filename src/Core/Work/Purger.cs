using Kith.Core.Access;
using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Editing;
using Kith.Core.Erasing;
using Kith.Core.Events;
using Kith.Core.Filters;
using Kith.Core.Limiting;
using Kith.Core.Memory;
using Kith.Core.Platforms;
using Kith.Core.Porting;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Threads;

namespace Kith.Core.Work;

/// <summary>Removes a deleted session or workspace everywhere. Safe to repeat: what decides that it is due goes last.</summary>
internal sealed class Purger(IDocumentStore store, SessionLanes lanes, ThreadDirectory threads, Removals removals, IRecallIndex index)
{
    internal static readonly string[] ConversationTypes = ["message", Tombstone.DocumentType, "member", "summary", "derivation", "watermarks", "workflowState", "agentSession", Claim.DocumentType, PendingEdit.DocumentType];
    internal static readonly string[] WorkspaceConversationTypes = [.. ConversationTypes, "session", "head"];
    internal static readonly string[] DirectoryTypes = ["membership", "peer", "session", "progress", "webhook", "thread", "workflowState", "agent", Key.DocumentType, Connection.DocumentType];
    internal static readonly string[] WorkTypes = [FailedStep.DocumentType, "pendingReply"];
    internal static readonly string[] WorkspaceWorkTypes = [.. WorkTypes, "usage", "rebuild", "confirmation", BudgetDay.DocumentType, Erasure.DocumentType, Import.DocumentType, ImportChunk.DocumentType, Delivery.DocumentType, "endpointHealth"];
    internal static readonly string[] MemoryTypes = ["conclusion", "card", "dream", DreamRun.DocumentType, DreamAnswer.DocumentType, PairEvent.DocumentType];

    /// <summary>A session that is being deleted. One that somebody has begun anew under the same id since the step was planned is left alone.</summary>
    public async Task SessionAsync(Partition session, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(session, Head.Id, DocumentJson.Default.Head, cancellationToken) is not { Deleting: false })
            await RemoveAsync(session, cancellationToken);
    }

    private async Task RemoveAsync(Partition session, CancellationToken cancellationToken)
    {
        var (workspace, name) = (session.Workspace, session.Second!);
        var owners = await MembersAsync(session, cancellationToken);
        owners.AddRange(await ScopesAsync(workspace, cancellationToken));

        var head = await store.FindAsync(session, Head.Id, DocumentJson.Default.Head, cancellationToken);
        if (head is { Expired: false })
            await PurgeConclusionsAsync(workspace, name, cancellationToken);
        // What an index with a lag does not find yet, it can only remove by id. What was learnt from an expired thread stays, in the index too.
        if (head is not null && (head.Expired || index.Lag > TimeSpan.Zero))
            await RemoveByIdAsync(session, "message", RecallKind.Message, cancellationToken);
        if (head is { Expired: false })
            await index.DeleteSessionAsync(workspace, name, cancellationToken);
        foreach (var owner in owners)
            await store.ExecuteAsync(Owners.Memberships(workspace, owner), [new Operation.Delete(name)], cancellationToken);
        await PurgeAsync(Partition.Work(workspace, name), WorkTypes, cancellationToken);
        await PurgeAsync(session, ConversationTypes, cancellationToken);
        if (head is not null)
            await threads.RemoveAsync(workspace, name, head.Expired, cancellationToken);
        foreach (var id in new[] { name, Progress.IdOf(name) })
            await store.ExecuteAsync(Owners.Sessions(workspace), [new Operation.Delete(id)], cancellationToken);
        await FreeAsync(session, cancellationToken);
        lanes.Forget(session);
    }

    /// <summary>Head and session go together: between the two somebody could begin the session anew, and would lose its head.</summary>
    private async Task FreeAsync(Partition session, CancellationToken cancellationToken)
    {
        var removal = new Operation.Delete(SessionDocument.Id);
        if (await store.ReadAsync(session, Head.Id, cancellationToken) is not { } head)
        {
            await store.ExecuteAsync(session, [removal], cancellationToken);
            return;
        }

        var freeing = new Operation.Delete(Head.Id, head.ETag);
        if (!(await store.ExecuteAsync(session, [removal, freeing], cancellationToken)).Applied)
            await store.ExecuteAsync(session, [freeing], cancellationToken);
    }

    /// <summary>All that one peer knows of another.</summary>
    public async Task PairAsync(Partition pair, CancellationToken cancellationToken)
    {
        await RemoveByIdAsync(pair, "conclusion", RecallKind.Conclusion, cancellationToken);
        await PurgeAsync(pair, MemoryTypes, cancellationToken);
    }

    public async Task WorkspaceAsync(string workspace, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.AllAsync(Owners.Sessions(workspace), new Query("session"), cancellationToken))
            await RemoveAsync(Partition.Conversation(workspace, entry.Id), cancellationToken);

        if (index.Lag > TimeSpan.Zero)
            await RemoveByIdAsync(Partition.WholeWorkspace(Container.Memory, workspace), "conclusion", RecallKind.Conclusion, cancellationToken);
        await index.DeleteWorkspaceAsync(workspace, cancellationToken);
        await PurgeAsync(Partition.WholeWorkspace(Container.Conversations, workspace), WorkspaceConversationTypes, cancellationToken);
        await PurgeAsync(Partition.WholeWorkspace(Container.Memory, workspace), MemoryTypes, cancellationToken);
        await PurgeAsync(Partition.WholeWorkspace(Container.Work, workspace), [.. WorkspaceWorkTypes, Claim.DocumentType], cancellationToken);
        var entries = new Query(ConnectionEntry.DocumentType) { Where = new Condition.Compare(Field.Text("workspaceId"), Comparison.Equal, workspace) };
        await store.DeleteAllAsync(store.AllAsync(Owners.Connections, entries, cancellationToken), cancellationToken);
        await PurgeAsync(Partition.WholeWorkspace(Container.Directory, workspace), DirectoryTypes, cancellationToken);
        await store.ExecuteAsync(Owners.Registry, [new Operation.Delete(workspace)], cancellationToken);
        await store.ExecuteAsync(Owners.Workspace(workspace), [new Operation.Delete(Owners.WorkspaceId)], cancellationToken);
    }

    private async Task<List<string>> MembersAsync(Partition session, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        await foreach (var document in store.AllAsync(session, new Query("member"), cancellationToken))
            members.Add(document.As(DocumentJson.Default.Member).Peer);
        return members;
    }

    private async Task<List<string>> ScopesAsync(string workspace, CancellationToken cancellationToken)
    {
        var scopes = new List<string>();
        var query = new Query("peer") { Where = new Condition.Compare(Field.Boolean("isScope"), Comparison.Equal, true) };
        await foreach (var document in store.AllAsync(Owners.Peers(workspace), query, cancellationToken))
            scopes.Add(document.Id);
        return scopes;
    }

    /// <summary>Everything stamped with the session, in whatever pair, and what rests on it.</summary>
    private async Task PurgeConclusionsAsync(string workspace, string session, CancellationToken cancellationToken)
    {
        var stamped = new Query("conclusion") { Where = new Condition.Compare(Field.Text("sessionId"), Comparison.Equal, session) };
        var byPair = new Dictionary<Partition, List<string>>();
        await foreach (var document in store.AllAsync(Partition.WholeWorkspace(Container.Memory, workspace), stamped, cancellationToken))
        {
            if (!byPair.TryGetValue(document.Partition, out var ids))
                byPair[document.Partition] = ids = [];
            ids.Add(document.Id);
        }

        foreach (var (pair, ids) in byPair)
            await removals.RemoveAsync(pair, ids, erases: true, cancellationToken);
    }

    /// <summary>Takes everything stored out of the index.</summary>
    private async Task RemoveByIdAsync(Partition partition, string type, RecallKind kind, CancellationToken cancellationToken)
    {
        await foreach (var page in store.AllAsync(partition, new Query(type), cancellationToken).Select(document => document.Id).Chunk(StoreLimits.PageSize).WithCancellation(cancellationToken))
            await index.DeleteAsync(partition.Workspace, kind, page, cancellationToken);
    }

    private async Task PurgeAsync(Partition partition, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        foreach (var type in types)
            await store.DeleteAllAsync(store.AllAsync(partition, new Query(type), cancellationToken), cancellationToken);
    }
}
