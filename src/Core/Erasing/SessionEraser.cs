using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Erasing;

/// <summary>The pieces of an erasure that happen in one session: messages become tombstones, and what was made of them is made anew without them.</summary>
internal sealed class SessionEraser(
    IDocumentStore store,
    IRecallIndex index,
    SessionLanes lanes,
    SessionProjection projection,
    Withdrawals withdrawals,
    IWorkQueue queue,
    TimeProvider time)
{
    /// <summary>A message takes two operations of a batch.</summary>
    private const int MessagesPerBatch = 40;

    /// <summary>Of the whole session: summaries are made anew, and claims answer with what was stored.</summary>
    private static readonly string[] MadeOfMessages = ["summary", Claim.DocumentType];

    /// <summary>A session in which the peer has something; null when there is none.</summary>
    public async Task<string?> NextAsync(string workspace, string peer, CancellationToken cancellationToken)
    {
        // The directory's copies may be behind: the sessions themselves are asked last.
        var conversations = Partition.WholeWorkspace(Container.Conversations, workspace);
        return await FirstAsync(Owners.Memberships(workspace, peer), new Query("membership"), document => document.Id)
            ?? await FirstAsync(conversations, new Query("member") { Where = Is("peer", peer) }, SessionOf)
            ?? await FirstAsync(conversations, new Query("message") { Where = Is("peerId", peer) }, SessionOf)
            ?? await FirstAsync(conversations, new Query("derivation") { Where = Is("observed", peer) }, SessionOf);

        static string SessionOf(Document document) => document.Partition.Second!;

        async Task<string?> FirstAsync(Partition partition, Query query, Func<Document, string> name)
        {
            var first = (await store.QueryAsync(partition, query with { Limit = 1 }, cancellationToken)).Items;
            return first.Count == 0 ? null : name(first[0]);
        }
    }

    /// <summary>The session with those that are copies of it, or it of them.</summary>
    public async Task<IReadOnlyList<string>> FamilyAsync(string workspace, string session, CancellationToken cancellationToken)
    {
        var links = new List<(string Copy, string Of)>();
        var copies = new Query("session") { Where = new Condition.Not(new Condition.IsNull(Field.Text("copyOf"))) };
        await foreach (var document in store.AllAsync(Owners.Sessions(workspace), copies, cancellationToken))
            links.Add((document.Id, document.As(DocumentJson.Default.Session).CopyOf!));

        var family = new List<string> { session };
        for (var i = 0; i < family.Count; i++)
        {
            var near = links.Where(link => link.Of == family[i]).Select(link => link.Copy).Concat(links.Where(link => link.Copy == family[i]).Select(link => link.Of));
            family.AddRange(near.Where(name => !family.Contains(name)).ToArray());
        }

        return family;
    }

    /// <summary>Sessions that began as copies of this one.</summary>
    public async Task<IReadOnlyList<string>> CopiesAsync(string workspace, string session, CancellationToken cancellationToken) =>
        await store.AllAsync(Owners.Sessions(workspace), new Query("session") { Where = Is("copyOf", session) }, cancellationToken).Select(document => document.Id).ToListAsync(cancellationToken);

    /// <summary>The next messages to erase.</summary>
    public async Task<IReadOnlyList<(string Id, long Sequence)>> MessagesAsync(Erasure erasure, Partition session, int limit, CancellationToken cancellationToken)
    {
        var sequence = Field.Number("sequence");
        var head = await store.FindAsync(session, Head.Id, DocumentJson.Default.Head, cancellationToken);
        var after = Stored.And(
            new Condition.Compare(sequence, Comparison.Greater, (double)erasure.Cursor.After),
            // What is above is a part of an append that is not complete.
            head is null ? null : new Condition.Compare(sequence, Comparison.LessOrEqual, (double)head.Visible));
        Query[] queries = erasure.Target.Kind == ErasureKind.Message
            ? [.. Remnants.CopiesOf(erasure.Original!)]
            : [new Query("message") { Where = Is("peerId", erasure.Target.Peer!), Order = QueryOrder.Sequence }];
        var found = new List<(string Id, long Sequence)>();
        foreach (var query in queries)
        {
            var page = await store.QueryAsync(session, query with { Where = Stored.And(after, query.Where), Limit = limit }, cancellationToken);
            found.AddRange(page.Items.Select(document => (document.Id, document.As(DocumentJson.Default.Message).Sequence)));
        }

        return [.. found.OrderBy(message => message.Sequence)];
    }

    public async Task EraseMessagesAsync(Erasure erasure, Partition session, CancellationToken cancellationToken)
    {
        var query = new Query("message") { Ids = erasure.Cursor.Messages, Order = QueryOrder.Sequence, Limit = StoreLimits.PageSize };
        var there = (await store.QueryAsync(session, query, cancellationToken)).Items.Select(document => document.As(DocumentJson.Default.Message));
        foreach (var batch in there.Chunk(MessagesPerBatch))
        {
            // What stands in no session is the remains of one.
            if (!(await EraseAsync(erasure, session, batch, cancellationToken)).Exists)
                await store.ExecuteAsync(session, [.. batch.Select(message => new Operation.Delete(message.Id))], cancellationToken);
        }

        await index.DeleteAsync(session.Workspace, RecallKind.Message, erasure.Cursor.Messages, cancellationToken);
    }

    /// <summary>What <see cref="SettleAsync"/> will take away.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountRestAsync(Erasure erasure, Partition session, CancellationToken cancellationToken)
    {
        var erased = await withdrawals.ErasedAsync(session, cancellationToken);
        var counts = new Remnants.Tally();
        counts.Add(await withdrawals.CountAsync(session, erased, erasure.Target.Peer, cancellationToken));
        counts.Add(Remnants.Entries, counts.Counts.GetValueOrDefault("conclusion"));
        if (await HasErasedAsync(erasure, session, cancellationToken))
        {
            foreach (var type in MadeOfMessages)
                counts.Add(type, await store.CountAsync(session, new Query(type), cancellationToken));
        }

        counts.Add("pendingReply", await PendingAsync(session, erased, cancellationToken).LongCountAsync(cancellationToken));
        if (erasure.Target.Peer is { } peer)
        {
            counts.Add("derivation", await store.CountAsync(session, new Query("derivation") { Where = Is("observed", peer) }, cancellationToken));
            counts.Add("member", await store.CountAsync(session, new Query("member") { Ids = [Member.IdPrefix + peer] }, cancellationToken));
        }

        return counts.Counts;
    }

    public async Task SettleAsync(Erasure erasure, Partition session, CancellationToken cancellationToken)
    {
        await Watermarks.FenceAsync(store, session, cancellationToken);
        var erased = await withdrawals.ErasedAsync(session, cancellationToken);
        await withdrawals.SettleAsync(session, erased, erasure.Target.Peer, cancellationToken);
        await store.DeleteAllAsync(PendingAsync(session, erased, cancellationToken), cancellationToken);
        if (await HasErasedAsync(erasure, session, cancellationToken))
        {
            foreach (var type in MadeOfMessages)
                await store.DeleteAllAsync(store.AllAsync(session, new Query(type), cancellationToken), cancellationToken);
            await Watermarks.ChangeAsync(store, session, marks => marks with { ShortSummarised = 0, LongSummarised = 0 }, cancellationToken);
        }

        var peer = erasure.Target.Peer;
        if (peer is not null)
            await store.DeleteAllAsync(store.AllAsync(session, new Query("derivation") { Where = Is("observed", peer) }, cancellationToken), cancellationToken);
        var state = await lanes.ChangeAsync(session, Settled, cancellationToken);
        if (state.Exists)
            await projection.WriteAsync(state, [], cancellationToken);
        if (peer is not null)
            await store.ExecuteAsync(Owners.Memberships(session.Workspace, peer), [new Operation.Delete(session.Second!)], cancellationToken);
        await queue.EnqueueAsync(new WorkHint(session), TimeSpan.Zero, cancellationToken);

        SessionChange Settled(SessionState current)
        {
            if (!current.Exists || current.Head.Deleting)
                return new SessionChange(current);
            var woken = current with { Head = current.Head with { DueAt = current.Head.DueAt ?? time.GetUtcNow() } };
            return peer is not null && current.Members.ContainsKey(peer)
                ? new SessionChange(woken with { Members = woken.Members.Remove(peer) }) { Operations = [new Operation.Delete(Member.IdPrefix + peer)] }
                : new SessionChange(woken);
        }
    }

    /// <summary>Whether steps are under way, or were when a process died, that may have read messages before they were erased.</summary>
    public async Task<bool> IsReadAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var last = new Dictionary<Partition, long>();
        var erased = new Query(Tombstone.DocumentType) { Where = Is("erasure", erasure.Id) };
        await foreach (var document in store.AllAsync(Partition.WholeWorkspace(Container.Conversations, erasure.WorkspaceId), erased, cancellationToken))
            last[document.Partition] = Math.Max(last.GetValueOrDefault(document.Partition), document.As(DocumentJson.Default.Tombstone).Sequence);
        foreach (var (session, sequence) in last)
        {
            var marks = await Watermarks.OfAsync(store, session, cancellationToken);
            // What waits to be tried again is not under way, and reads anew.
            if (marks.Stall is null && (marks.Indexed < sequence || (marks.Derived < sequence && marks.Derived < marks.Planned)))
                return true;
        }

        return false;
    }

    /// <summary>Takes the words of a conclusion out of what the reasoner said, so that no repeat brings them back.</summary>
    public async Task StripAsync(Partition pair, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(pair, id, DocumentJson.Default.Conclusion, cancellationToken) is not { SessionId: { } name } conclusion)
            return;

        var session = Partition.Conversation(pair.Workspace, name);
        var made = new Query("derivation") { Where = Is("observed", conclusion.Observed) };
        await foreach (var document in store.AllAsync(session, made, cancellationToken))
        {
            var derivation = document.As(DocumentJson.Default.Derivation);
            var left = derivation.Statements.Where(statement => !string.Equals(statement.Content.Trim(), conclusion.Content, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (left.Length < derivation.Statements.Count)
                await store.PutAsync(session, document.Id, derivation with { Statements = left }, DocumentJson.Default.Derivation, cancellationToken);
        }
    }

    /// <summary>Whether the target's id was given to something new since.</summary>
    public async Task<bool> IsInUseAgainAsync(Erasure erasure, CancellationToken cancellationToken) => erasure.Target.Kind switch
    {
        ErasureKind.Session => await store.FindAsync(Partition.Conversation(erasure.WorkspaceId, erasure.Target.Session!), Head.Id, DocumentJson.Default.Head, cancellationToken) is { Deleting: false },
        ErasureKind.Workspace => await store.FindAsync(Owners.Workspace(erasure.WorkspaceId), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken) is { Deleting: false },
        ErasureKind.Peer => await store.ReadAsync(Owners.Peers(erasure.WorkspaceId), erasure.Target.Peer!, cancellationToken) is not null && erasure.HasEnded,
        _ => false,
    };

    private static Condition.Compare Is(string field, string value) => new(Field.Text(field), Comparison.Equal, value);

    private async Task<bool> HasErasedAsync(Erasure erasure, Partition session, CancellationToken cancellationToken) =>
        await store.CountAsync(session, new Query(Tombstone.DocumentType) { Where = Is("erasure", erasure.Id) }, cancellationToken) > 0;

    private IAsyncEnumerable<Document> PendingAsync(Partition session, HashSet<string> erased, CancellationToken cancellationToken) =>
        store.AllAsync(Partition.Work(session.Workspace, session.Second!), new Query("pendingReply"), cancellationToken)
            .Where(document => erased.Contains(document.As(DocumentJson.Default.PendingReply).MessageId));

    private Task<SessionState> EraseAsync(Erasure erasure, Partition session, Message[] messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var piece = Ids.Of(erasure.Id, Timestamp.Of(erasure.StartedAt), messages[0].Id, messages[^1].Id);
        IEnumerable<Operation> operations = messages.SelectMany(message => new Operation[]
        {
            new Operation.Delete(message.Id),
            new Operation.Create(Tombstone.IdOf(message.Sequence), Body(message)),
        });
        return lanes.ChangeAsync(session, Erased, cancellationToken);

        // Whoever ran the same piece at the same time has done it already.
        SessionChange Erased(SessionState state) => !state.Exists || state.Head.Deleting || state.Head.Erased == piece
            ? new SessionChange(state)
            : new SessionChange(state with { Head = state.Head with { Erased = piece, Tombstones = state.Head.Tombstones + messages.Length } }) { Operations = [.. operations] };

        byte[] Body(Message message) => Stored.Body(
            new Tombstone { MessageId = message.Id, Sequence = message.Sequence, CreatedAt = now, Erasure = erasure.Id },
            DocumentJson.Default.Tombstone);
    }
}
