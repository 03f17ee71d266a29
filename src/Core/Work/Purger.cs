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
internal sealed class Purger(IDocumentStore store, SessionLanes lanes, ThreadDirectory threads, Removals removals, IRecallIndex index, TimeProvider time)
{
    internal static readonly string[] ConversationTypes = ["message", Tombstone.DocumentType, "member", "summary", "derivation", "watermarks", "workflowState", "agentSession", Claim.DocumentType, PendingEdit.DocumentType];
    internal static readonly string[] WorkspaceConversationTypes = [.. ConversationTypes, "session", "head"];
    internal static readonly string[] DirectoryTypes = ["membership", "peer", "session", "progress", "webhook", "thread", "workflowState", "agent", Key.DocumentType, Connection.DocumentType, Link.DocumentType];
    internal static readonly string[] WorkTypes = [FailedStep.DocumentType, "pendingReply"];
    internal static readonly string[] WorkspaceWorkTypes = [.. WorkTypes, "usage", "rebuild", "confirmation", BudgetDay.DocumentType, Erasure.DocumentType, Import.DocumentType, ImportChunk.DocumentType, Delivery.DocumentType, "endpointHealth"];
    internal static readonly string[] MemoryTypes = ["conclusion", "card", "dream", DreamRun.DocumentType, DreamAnswer.DocumentType, PairEvent.DocumentType];

    /// <summary>A session that is being deleted. One that somebody has begun anew under the same id since the step was planned is left alone.</summary>
    public async Task SessionAsync(Partition session, CancellationToken cancellationToken)
    {
        using var hold = await HoldAsync(session, SessionHold.Holding.Deleted, cancellationToken);
        if (hold is not null)
            await SessionAsync(hold, cancellationToken);
    }

    public Task<SessionHold?> HoldAsync(Partition session, SessionHold.Holding from, CancellationToken cancellationToken) =>
        SessionHold.TakeAsync(store, session, from, time, cancellationToken);

    public async Task SessionAsync(SessionHold hold, CancellationToken cancellationToken)
    {
        var (session, expired) = (hold.Session, hold.Head.Expired);
        var (workspace, name) = (session.Workspace, session.Second!);
        // Memberships of members and of scopes, and those of somebody who is none any more.
        var ofSession = new Query("membership") { Where = new Condition.Compare(Field.Text("session"), Comparison.Equal, name) };
        var entries = await store.AllAsync(Partition.WholeWorkspace(Container.Directory, workspace), ofSession, cancellationToken).ToListAsync(cancellationToken);
        foreach (var type in WorkTypes)
            entries.AddRange(await store.AllAsync(Partition.Work(workspace, name), new Query(type), cancellationToken).ToListAsync(cancellationToken));
        foreach (var id in new[] { name, Progress.IdOf(name) })
            entries.AddRange(await FoundAsync(Owners.Sessions(workspace), id, cancellationToken));
        var threadEntry = await FoundAsync(Owners.Threads(workspace), name, cancellationToken);

        if (!expired)
            await PurgeConclusionsAsync(hold, cancellationToken);
        await hold.DemandAsync(cancellationToken);
        // What an index with a lag does not find yet, it can only remove by id. What was learnt from an expired thread stays, in the index too.
        if (expired || index.Lag > TimeSpan.Zero)
            await RemoveByIdAsync(session, "message", RecallKind.Message, cancellationToken);
        if (!expired)
            await index.DeleteSessionAsync(workspace, name, cancellationToken);
        await hold.RemoveElsewhereAsync(entries, cancellationToken);
        if (expired)
            await threads.RemoveAsync(workspace, name, expired: true, cancellationToken);
        else
            await hold.RemoveElsewhereAsync(threadEntry, cancellationToken);
        foreach (var type in ConversationTypes)
            await hold.RemoveAsync(await store.AllAsync(session, new Query(type), cancellationToken).Select(document => document.Id).ToListAsync(cancellationToken), cancellationToken);
        await hold.FreeAsync(cancellationToken);
        lanes.Forget(session);
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
        {
            using var hold = await HoldAsync(Partition.Conversation(workspace, entry.Id), SessionHold.Holding.Any, cancellationToken);
            if (hold is not null)
                await SessionAsync(hold, cancellationToken);
        }

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

    private async Task<IReadOnlyList<Document>> FoundAsync(Partition partition, string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(partition, id, cancellationToken) is { } document ? [document] : [];

    /// <summary>Everything stamped with the session, in whatever pair, and what rests on it.</summary>
    private async Task PurgeConclusionsAsync(SessionHold hold, CancellationToken cancellationToken)
    {
        var (workspace, session) = (hold.Session.Workspace, hold.Session.Second!);
        var stamped = new Query("conclusion") { Where = new Condition.Compare(Field.Text("sessionId"), Comparison.Equal, session) };
        var byPair = new Dictionary<Partition, List<string>>();
        await foreach (var document in store.AllAsync(Partition.WholeWorkspace(Container.Memory, workspace), stamped, cancellationToken))
        {
            if (!byPair.TryGetValue(document.Partition, out var ids))
                byPair[document.Partition] = ids = [];
            ids.Add(document.Id);
        }

        await hold.DemandAsync(cancellationToken);
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
