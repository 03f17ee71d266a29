using Kith.Core.Filters;
using Kith.Core.Recall.Ranking;
using Kith.Core.Storage;

namespace Kith.Core.Recall;

/// <summary>
/// Recall without an index: entries are documents of the store, and a search reads those of its scope and ranks them in memory. Exact, and no more than
/// <see cref="MaxEntries"/> are read: it is meant for a session or a pair, and of a larger scope it sees the newest.
/// </summary>
public sealed class ScanRecallIndex(IDocumentStore store, IEmbedder embedder) : IRecallIndex
{
    /// <summary>Entries that one search reads, the newest first; older ones are not found.</summary>
    public const int MaxEntries = 10_000;

    private readonly VectorTrust _trust = VectorTrust.Of(embedder);

    /// <inheritdoc/>
    public async Task UpsertAsync(IReadOnlyList<RecallEntry> entries, CancellationToken cancellationToken)
    {
        // Of one entry given twice the last one counts.
        var latest = entries.Reverse().DistinctBy(entry => (entry.Workspace, entry.Kind, entry.Id));
        foreach (var partition in latest.GroupBy(RecallDocument.PartitionOf))
        {
            foreach (var batch in Batches(partition))
            {
                await store.ExecuteAsync(partition.Key, batch, cancellationToken);
                await RemoveElsewhereAsync(partition.Key, [.. batch.Select(operation => operation.Id)], cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string workspace, RecallKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var everywhere = Partition.WholeWorkspace(ContainerOf(kind), workspace);
        foreach (var chunk in ids.Select(RecallDocument.IdOf).Chunk(StoreLimits.BatchOperations))
            await RemoveAsync(everywhere, Entries with { Ids = chunk }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteSessionAsync(string workspace, string session, CancellationToken cancellationToken)
    {
        await RemoveAsync(Partition.Conversation(workspace, session), Entries, cancellationToken);
        await RemoveAsync(Partition.WholeWorkspace(Container.Memory, workspace), Entries with { Where = Is("session", session) }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteWorkspaceAsync(string workspace, CancellationToken cancellationToken)
    {
        await RemoveAsync(Partition.WholeWorkspace(Container.Conversations, workspace), Entries, cancellationToken);
        await RemoveAsync(Partition.WholeWorkspace(Container.Memory, workspace), Entries, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecallHit>> SearchAsync(RecallQuery query, CancellationToken cancellationToken) => (await SearchAsync([query], cancellationToken))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<RecallHit>>> SearchAsync(IReadOnlyList<RecallQuery> queries, CancellationToken cancellationToken)
    {
        foreach (var query in queries)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000);
        }

        if (queries.Count == 0)
            return [];
        var scope = queries[0].Scope;
        var within = Entries with { Where = Within(scope), Descending = true };
        var entries = await store.AllAsync(PartitionOf(scope), within, cancellationToken)
            .Take(MaxEntries)
            .Select(document => ComparableVectors.Of(document.As(DocumentJson.Default.RecallDocument).ToEntry(scope.Workspace, scope.Kind), embedder))
            .ToListAsync(cancellationToken);

        var shelf = new RecallShelf(embedder.Dimensions, entries.Count);
        foreach (var entry in entries)
            shelf.Put(entry);
        return [.. queries.Select(query => RecallSearch.Run(shelf, ComparableVectors.Of(query, embedder), _trust))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecallKey>> ListAsync(string workspace, RecallKind kind, string? session, string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var within = kind == RecallKind.Message && session is not null
            ? Partition.Conversation(workspace, session)
            : Partition.WholeWorkspace(ContainerOf(kind), workspace);
        var further = Stored.And(
            session is null ? null : Is("session", session),
            after is null ? null : new Condition.Compare(Field.Text("entryId"), Comparison.Greater, after));
        // No store sorts by the entry's id: the rest is read for each page.
        return await store.AllAsync(within, Entries with { Where = further }, cancellationToken)
            .Select(document => document.As(DocumentJson.Default.RecallDocument))
            .Select(entry => new RecallKey(entry.EntryId, entry.Session, entry.Observer, entry.Observed))
            .OrderBy(key => key.Id, StringComparer.Ordinal)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    private static Query Entries => new(RecallDocument.TypeName);

    private static Container ContainerOf(RecallKind kind) => kind == RecallKind.Message ? Container.Conversations : Container.Memory;

    private static Partition PartitionOf(RecallScope scope) => scope switch
    {
        { Kind: RecallKind.Message, Sessions: { Count: 1 } sessions } => Partition.Conversation(scope.Workspace, sessions.Single()),
        { Kind: RecallKind.Message } => Partition.WholeWorkspace(Container.Conversations, scope.Workspace),
        { Observer: { } observer, Observed: { } observed } => Partition.Memory(scope.Workspace, observer, observed),
        { Observer: { } observer } => Partition.MemoryOf(scope.Workspace, observer),
        _ => Partition.WholeWorkspace(Container.Memory, scope.Workspace),
    };

    private static Condition Within(RecallScope scope) => Stored.And(
        scope.Peer is null ? null : Is("peer", scope.Peer),
        scope.Observer is null ? null : Is("observer", scope.Observer),
        scope.Observed is null ? null : Is("observed", scope.Observed),
        scope.Sessions is null ? null : IsOneOf("session", scope.Sessions),
        scope.Levels is null ? null : IsOneOf("level", scope.Levels),
        scope.From is { } from ? new Condition.Compare(Field.Time("createdAt"), Comparison.GreaterOrEqual, Timestamp.Of(from)) : null,
        scope.To is { } to ? new Condition.Compare(Field.Time("createdAt"), Comparison.Less, Timestamp.Of(to)) : null);

    private static Condition.Compare Is(string field, string value) => new(Field.Text(field), Comparison.Equal, value);

    private static Condition.In IsOneOf(string field, IReadOnlySet<string> values) => new(Field.Text(field), [.. values]);

    private static IEnumerable<List<Operation>> Batches(IEnumerable<RecallEntry> entries)
    {
        var batch = new List<Operation>();
        var bytes = 0;
        foreach (var entry in entries)
        {
            var body = Stored.Body(RecallDocument.Of(entry), DocumentJson.Default.RecallDocument);
            if (batch.Count == StoreLimits.BatchOperations || bytes + body.Length > StoreLimits.Bytes)
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(new Operation.Upsert(RecallDocument.IdOf(entry.Id), body));
            bytes += body.Length;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>An entry has one place: what the same ids left in other sessions or pairs goes.</summary>
    private async Task RemoveElsewhereAsync(Partition home, string[] ids, CancellationToken cancellationToken)
    {
        var copies = store.AllAsync(Partition.WholeWorkspace(home.Container, home.Workspace), Entries with { Ids = ids }, cancellationToken);
        await store.DeleteAllAsync(copies.Where(document => document.Partition != home), cancellationToken);
    }

    private Task RemoveAsync(Partition partition, Query query, CancellationToken cancellationToken) =>
        store.DeleteAllAsync(store.AllAsync(partition, query, cancellationToken), cancellationToken);
}
