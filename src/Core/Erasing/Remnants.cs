using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Erasing;

/// <summary>The proof of an erasure: searches every store for what still refers to its target, by kind of document. Nothing found is an empty answer.</summary>
internal sealed class Remnants(IDocumentStore store, IRecallIndex index, Withdrawals withdrawals)
{
    public const string Entries = "recall";

    public async Task<IReadOnlyDictionary<string, long>> OfAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var (workspace, target) = (erasure.WorkspaceId, erasure.Target);
        var left = new Tally();
        switch (target.Kind)
        {
            case ErasureKind.Workspace:
                await OfWorkspaceAsync(workspace, left, cancellationToken);
                break;
            case ErasureKind.Session:
                await OfSessionAsync(workspace, target.Session!, left, cancellationToken);
                break;
            case ErasureKind.Conclusion:
                await OfConclusionAsync(erasure, left, cancellationToken);
                break;
            case ErasureKind.Message:
                foreach (var query in CopiesOf(erasure.Original!))
                    await CountAsync(Partition.WholeWorkspace(Container.Conversations, workspace), query, left, cancellationToken);
                await OfTombstonesAsync(erasure, left, cancellationToken);
                break;
            default:
                await OfPeerAsync(workspace, target.Peer!, left, cancellationToken);
                await OfTombstonesAsync(erasure, left, cancellationToken);
                break;
        }

        return left.Counts;
    }

    /// <summary>What a session's partitions hold of it, for a purge to count.</summary>
    public async Task OfSessionAsync(string workspace, string name, Tally left, CancellationToken cancellationToken)
    {
        foreach (var type in Purger.WorkspaceConversationTypes)
            await CountAsync(Partition.Conversation(workspace, name), new Query(type), left, cancellationToken);
        foreach (var type in Purger.WorkTypes)
            await CountAsync(Partition.Work(workspace, name), new Query(type), left, cancellationToken);
        await CountAsync(Partition.WholeWorkspace(Container.Memory, workspace), new Query("conclusion") { Where = Is("sessionId", name) }, left, cancellationToken);
        await CountAsync(Partition.WholeWorkspace(Container.Directory, workspace), new Query("membership") { Where = Is("session", name) }, left, cancellationToken);
        var (deliveries, naming) = DeliveriesOf(workspace, name);
        await CountAsync(deliveries, naming, left, cancellationToken);
        await CountAsync(Owners.Sessions(workspace), new Query("session") { Ids = [name] }, left, cancellationToken);
        await CountAsync(Owners.Sessions(workspace), new Query("progress") { Ids = [Progress.IdOf(name)] }, left, cancellationToken);
        await CountAsync(Owners.Threads(workspace), new Query("thread") { Ids = [name] }, left, cancellationToken);
        left.Add(Entries, await CountEntriesAsync(workspace, RecallKind.Message, name, _ => true, cancellationToken));
        left.Add(Entries, await CountEntriesAsync(workspace, RecallKind.Conclusion, name, _ => true, cancellationToken));
    }

    public async Task OfWorkspaceAsync(string workspace, Tally left, CancellationToken cancellationToken)
    {
        var containers = new (Container Container, string[] Types)[]
        {
            (Container.Conversations, Purger.WorkspaceConversationTypes),
            (Container.Memory, Purger.MemoryTypes),
            (Container.Work, Purger.WorkspaceWorkTypes),
            (Container.Directory, [.. Purger.DirectoryTypes, "workspace"]),
        };
        foreach (var (container, types) in containers)
        {
            foreach (var type in types)
                await CountAsync(Partition.WholeWorkspace(container, workspace), new Query(type), left, cancellationToken);
        }

        await CountAsync(Owners.Registry, new Query("workspace") { Ids = [workspace] }, left, cancellationToken);
        foreach (var kind in new[] { RecallKind.Message, RecallKind.Conclusion })
            left.Add(Entries, await CountEntriesAsync(workspace, kind, null, _ => true, cancellationToken));
    }

    /// <summary>What stands in no session and no pair of a peer.</summary>
    public async Task OfRestAsync(string workspace, string peer, Tally left, CancellationToken cancellationToken)
    {
        foreach (var (partition, query) in Rest(workspace, peer))
            await CountAsync(partition, query, left, cancellationToken);
    }

    public static IEnumerable<(Partition Partition, Query Query)> Rest(string workspace, string peer) =>
    [
        (Owners.Peers(workspace), new Query("peer") { Ids = [peer] }),
        (Owners.Memberships(workspace, peer), new Query("membership")),
        (Owners.Agents(workspace), new Query("agent") { Ids = [peer] }),
        (Partition.WholeWorkspace(Container.Conversations, workspace), new Query("agentSession") { Where = new Condition.Any(Is("userId", peer), Is("agentId", peer)) }),
        (Owners.Links(workspace), new Query(Link.DocumentType) { Where = new Condition.Any(Is("peer", peer), Is("person", peer)) }),
        DeliveriesOf(workspace, peer),
        (Partition.WholeWorkspace(Container.Work, workspace), new Query("pendingReply") { Where = new Condition.Any(Is("userId", peer), Is("agentId", peer)) }),
        (Partition.WholeWorkspace(Container.Work, workspace), new Query(FailedStep.DocumentType) { Where = new Condition.Any(Is("observer", peer), Is("observed", peer), IsOwed("userId", peer), IsOwed("agentId", peer)) }),
        (Partition.WholeWorkspace(Container.Work, workspace), new Query("confirmation") { Where = new Condition.Any(Is("observer", peer), Is("observed", peer)) }),
    ];

    public static (Partition Partition, Query Query) DeliveriesOf(string workspace, string subject) =>
        (Partition.WholeWorkspace(Container.Work, workspace), new Query(Delivery.DocumentType) { Where = new Condition.Includes(Field.TextList("subjects"), subject) });

    /// <summary>A message, and what was copied from it.</summary>
    public static IReadOnlyList<Query> CopiesOf(string message) =>
    [
        new Query("message") { Ids = [message], Order = QueryOrder.Sequence },
        new Query("message") { Where = Is("copyOf", message), Order = QueryOrder.Sequence },
    ];

    /// <summary>Every pair that the peer is in.</summary>
    public async Task<IReadOnlySet<Partition>> PairsAsync(string workspace, string peer, CancellationToken cancellationToken)
    {
        var pairs = new HashSet<Partition>();
        foreach (var type in Purger.MemoryTypes)
        {
            await AddAsync(Partition.MemoryOf(workspace, peer), new Query(type));
            // Only conclusions say in their body whom they are about.
            await AddAsync(Partition.WholeWorkspace(Container.Memory, workspace), new Query(type) { Where = type == "conclusion" ? Is("observed", peer) : null });
        }

        return pairs;

        async Task AddAsync(Partition partition, Query query)
        {
            await foreach (var document in store.AllAsync(partition, query, cancellationToken))
            {
                if (document.Partition.Second == peer || document.Partition.Third == peer)
                    pairs.Add(document.Partition);
            }
        }
    }

    public async Task OfPairAsync(Partition pair, Tally left, CancellationToken cancellationToken)
    {
        foreach (var type in Purger.MemoryTypes)
            await CountAsync(pair, new Query(type), left, cancellationToken);
    }

    public Task<long> CountEntriesAsync(string workspace, RecallKind kind, string? session, Func<RecallKey, bool> matches, CancellationToken cancellationToken) =>
        EntriesAsync(workspace, kind, session, cancellationToken).LongCountAsync(matches, cancellationToken).AsTask();

    /// <summary>Everything that the index holds of a kind.</summary>
    public async IAsyncEnumerable<RecallKey> EntriesAsync(
        string workspace,
        RecallKind kind,
        string? session,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? after = null; ;)
        {
            var keys = await index.ListAsync(workspace, kind, session, after, StoreLimits.PageSize, cancellationToken);
            foreach (var key in keys)
                yield return key;
            if (keys.Count < StoreLimits.PageSize)
                yield break;
            after = keys[^1].Id;
        }
    }

    private static Condition.Compare Is(string field, string value) => new(Field.Text(field), Comparison.Equal, value);

    /// <summary>In the reply that a failed step holds.</summary>
    private static Condition.Compare IsOwed(string field, string value) => new(Field.Text("reply", field), Comparison.Equal, value);

    private async Task OfPeerAsync(string workspace, string peer, Tally left, CancellationToken cancellationToken)
    {
        var conversations = Partition.WholeWorkspace(Container.Conversations, workspace);
        await CountAsync(conversations, new Query("message") { Where = Is("peerId", peer) }, left, cancellationToken);
        await CountAsync(conversations, new Query("member") { Where = Is("peer", peer) }, left, cancellationToken);
        await CountAsync(conversations, new Query("derivation") { Where = Is("observed", peer) }, left, cancellationToken);
        await OfRestAsync(workspace, peer, left, cancellationToken);
        foreach (var pair in await PairsAsync(workspace, peer, cancellationToken))
            await OfPairAsync(pair, left, cancellationToken);
        left.Add(Entries, await CountEntriesAsync(workspace, RecallKind.Conclusion, null, key => key.Observer == peer || key.Observed == peer, cancellationToken));
    }

    private async Task OfTombstonesAsync(Erasure erasure, Tally left, CancellationToken cancellationToken)
    {
        var bySession = new Dictionary<Partition, (HashSet<string> Messages, DateTimeOffset Last)>();
        var query = new Query(Tombstone.DocumentType) { Where = Is("erasure", erasure.Id) };
        await foreach (var document in store.AllAsync(Partition.WholeWorkspace(Container.Conversations, erasure.WorkspaceId), query, cancellationToken))
        {
            var tombstone = document.As(DocumentJson.Default.Tombstone);
            var (messages, last) = bySession.GetValueOrDefault(document.Partition, ([], DateTimeOffset.MinValue));
            messages.Add(tombstone.MessageId);
            bySession[document.Partition] = (messages, tombstone.CreatedAt > last ? tombstone.CreatedAt : last);
        }

        foreach (var (session, (messages, last)) in bySession)
        {
            left.Add(await withdrawals.CountAsync(session, messages, except: null, cancellationToken));
            var before = new Condition.Compare(Field.Time("createdAt"), Comparison.LessOrEqual, Timestamp.Of(last));
            await CountAsync(session, new Query("summary") { Where = before }, left, cancellationToken);
            left.Add(Entries, await CountEntriesAsync(erasure.WorkspaceId, RecallKind.Message, session.Second, key => messages.Contains(key.Id), cancellationToken));
            await foreach (var document in store.AllAsync(Partition.Work(erasure.WorkspaceId, session.Second!), new Query("pendingReply"), cancellationToken))
                left.Add("pendingReply", messages.Contains(document.As(DocumentJson.Default.PendingReply).MessageId) ? 1 : 0);
        }
    }

    private async Task OfConclusionAsync(Erasure erasure, Tally left, CancellationToken cancellationToken)
    {
        var (id, pair) = (erasure.Target.Conclusion!, Partition.Memory(erasure.WorkspaceId, erasure.Pair!.Observer, erasure.Pair.Observed));
        await CountAsync(pair, new Query("conclusion") { Ids = [id] }, left, cancellationToken);
        await CountAsync(pair, new Query("conclusion") { Where = new Condition.Includes(Field.TextList("sourceIds"), id) }, left, cancellationToken);
        var card = await store.FindAsync(pair, PeerCard.Id, DocumentJson.Default.PeerCard, cancellationToken);
        left.Add("card", card?.Generated.Any(entry => entry.ConclusionId == id) == true ? 1 : 0);
        left.Add(Entries, await CountEntriesAsync(erasure.WorkspaceId, RecallKind.Conclusion, null, key => key.Id == id, cancellationToken));
    }

    private async Task CountAsync(Partition partition, Query query, Tally left, CancellationToken cancellationToken) =>
        left.Add(query.Type, await store.CountAsync(partition, query, cancellationToken));

    /// <summary>Counts by kind of document.</summary>
    internal sealed class Tally
    {
        private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, long> Counts => _counts;

        public void Add(string kind, long count)
        {
            if (count > 0)
                _counts[kind] = _counts.GetValueOrDefault(kind) + count;
        }

        public void Add(IReadOnlyDictionary<string, long> counts)
        {
            foreach (var (kind, count) in counts)
                Add(kind, count);
        }
    }
}
