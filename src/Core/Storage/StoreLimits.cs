using System.Text;

namespace Kith.Core.Storage;

/// <summary>Cosmos DB's limits, enforced by every store so that what works on one machine works in Azure.</summary>
public static class StoreLimits
{
    /// <summary>Operations in one atomic batch.</summary>
    public const int BatchOperations = 100;

    /// <summary>
    /// Bytes of all bodies of one batch, and of one document: Cosmos DB's 2 MB less what its adapter adds to a hundred documents
    /// with long ids in a partition with a long key.
    /// </summary>
    public const int Bytes = (2048 - 256) * 1024;

    /// <summary>UTF-8 bytes of an id. Ids also hold none of <c>/ \ ? #</c>, no zero character, and do not end in a space.</summary>
    public const int IdBytes = 1023;

    /// <summary>Documents in one page of a query.</summary>
    public const int PageSize = 1000;

    /// <exception cref="ArgumentException">The partition is a prefix.</exception>
    public static void DemandComplete(Partition partition)
    {
        if (!partition.IsComplete)
            throw new ArgumentException($"A full partition key is needed, not the prefix {partition}.", nameof(partition));
    }

    /// <exception cref="ArgumentException">The id breaks a rule of <see cref="IdBytes"/>.</exception>
    public static void DemandId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (Encoding.UTF8.GetByteCount(id) > IdBytes)
            throw new ArgumentException($"The id is longer than {IdBytes} bytes (IdBytes).", nameof(id));
        if (!IsId(id))
            throw new ArgumentException($"The id '{id}' holds one of / \\ ? #, a zero character or ends in a space.", nameof(id));
    }

    /// <summary>Whether a document can have this id, see <see cref="IdBytes"/>.</summary>
    public static bool IsId(string id) =>
        id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= IdBytes && !id.AsSpan().ContainsAny("/\\?#\0") && id[^1] != ' ';

    /// <exception cref="ArgumentException">The batch breaks a limit, repeats an id or is empty.</exception>
    public static void DemandBatch(Partition partition, IReadOnlyList<Operation> operations)
    {
        DemandComplete(partition);
        if (operations.Count is 0 or > BatchOperations)
            throw new ArgumentException($"A batch has 1 to {BatchOperations} operations (BatchOperations), not {operations.Count}.", nameof(operations));

        var ids = new HashSet<string>(operations.Count, StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var operation in operations)
        {
            DemandId(operation.Id);
            if (!ids.Add(operation.Id))
                throw new ArgumentException($"The id '{operation.Id}' appears twice in the batch.", nameof(operations));
            var (length, timeToLive) = operation switch
            {
                Operation.Create create => (create.Body.Length, create.TimeToLive),
                Operation.Upsert upsert => (upsert.Body.Length, upsert.TimeToLive),
                Operation.Replace replace => (replace.Body.Length, replace.TimeToLive),
                _ => (0, null),
            };
            bytes += length;
            if (timeToLive <= TimeSpan.Zero)
                throw new ArgumentException($"The time to live of '{operation.Id}' is not positive.", nameof(operations));
        }
        if (bytes > Bytes)
            throw new ArgumentException($"The bodies of the batch have {bytes} bytes; {Bytes} are allowed (Bytes).", nameof(operations));
    }

    /// <exception cref="ArgumentException">Limit or skip are out of range, skip and continuation are used together, or there are too many ids.</exception>
    public static void DemandQuery(Query query)
    {
        ArgumentException.ThrowIfNullOrEmpty(query.Type);
        DemandPageSize(query.Limit);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip);
        if (query.Skip > 0 && query.Continuation is not null)
            throw new ArgumentException("Skip and Continuation exclude each other.", nameof(query));
        if (query.Ids?.Count > PageSize)
            throw new ArgumentException($"A query has up to {PageSize} ids (PageSize), not {query.Ids.Count}.", nameof(query));
    }

    /// <exception cref="ArgumentException">The limit is not within 1 to <see cref="PageSize"/>.</exception>
    public static void DemandPageSize(int limit)
    {
        if (limit is < 1 or > PageSize)
            throw new ArgumentException($"The limit is 1 to {PageSize} documents (PageSize), not {limit}.", nameof(limit));
    }
}
