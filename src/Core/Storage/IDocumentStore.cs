namespace Kith.Core.Storage;

/// <summary>
/// Documents in hierarchical partitions, shaped like Cosmos DB. A call that breaks <see cref="StoreLimits"/> or names an incomplete
/// partition where a full one is needed is a programming error and throws <see cref="ArgumentException"/>; a store that cannot
/// answer throws <see cref="KithException"/> with <see cref="ErrorCode.Unavailable"/>. Expired documents are never returned or counted.
/// </summary>
public interface IDocumentStore
{
    /// <summary>The document, or null. <paramref name="partition"/> must be complete.</summary>
    Task<Document?> ReadAsync(Partition partition, string id, CancellationToken cancellationToken);

    /// <summary>A page of documents in the asked order. A prefix is answered across its partitions in the same order.</summary>
    Task<QueryPage> QueryAsync(Partition partition, Query query, CancellationToken cancellationToken);

    /// <summary>
    /// Several small selections of one complete partition, each document once and in no order: those under <paramref name="ids"/>, of any type, and all that each query selects,
    /// whose order, limit, skip and continuation are ignored. One request where a store is asked by requests.
    /// </summary>
    async Task<IReadOnlyList<Document>> GatherAsync(Partition partition, IReadOnlyCollection<string> ids, IReadOnlyList<Query> queries, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Document>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await ReadAsync(partition, id, cancellationToken) is { } document)
                found[id] = document;
        }

        foreach (var query in queries)
        {
            await foreach (var document in this.AllAsync(partition, query with { Skip = 0, Limit = StoreLimits.PageSize }, cancellationToken))
                found[document.Id] = document;
        }

        return [.. found.Values];
    }

    /// <summary>How many documents match; order, skip, limit and continuation of the query are ignored.</summary>
    Task<long> CountAsync(Partition partition, Query query, CancellationToken cancellationToken);

    /// <summary>
    /// Applies all operations atomically and durably, or none. Each id may appear once. Returns after the write is on disk
    /// (locally: after its fsync). A cancelled call may still have been applied.
    /// </summary>
    Task<BatchResult> ExecuteAsync(Partition partition, IReadOnlyList<Operation> operations, CancellationToken cancellationToken);

    /// <summary>Documents that ask for work, earliest first.</summary>
    Task<IReadOnlyList<DueDocument>> DueAsync(DueQuery query, CancellationToken cancellationToken);

    /// <summary>For how long backups that the platform makes by itself keep what was deleted.</summary>
    TimeSpan Backups => TimeSpan.Zero;

    /// <summary>
    /// Makes the files below let go of what was deleted before a time, as far as they are the store's own; nothing to do where a service keeps them.
    /// False when that has to wait: it is to be asked again later.
    /// </summary>
    Task<bool> ScrubAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.FromResult(true);
}
