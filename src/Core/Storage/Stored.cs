using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kith.Core.Filters;

namespace Kith.Core.Storage;

/// <summary>Typed values in the store: reading, writing, and the one read-modify-write loop.</summary>
internal static class Stored
{
    private static readonly Turns _turns = new();

    /// <exception cref="KithException">More than <see cref="Limits.DocumentBytes"/>: <see cref="ErrorCode.BudgetExceeded"/> with detail <c>too_large</c>.</exception>
    public static byte[] Body<T>(T value, JsonTypeInfo<T> type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return body.Length <= Limits.DocumentBytes ? body : throw Errors.TooLarge();
    }

    public static T As<T>(this Document document, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(document.Body.Span, type)
        ?? throw new InvalidOperationException($"Document {document.Id} in {document.Partition.Container} is null.");

    public static bool IsOf(this Document document, string type) => DocumentColumns.Of(document.Body).Type == type;

    public static async Task<T?> FindAsync<T>(this IDocumentStore store, Partition partition, string id, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var document = await store.ReadAsync(partition, id, cancellationToken);
        return document?.As(type);
    }

    /// <summary>Every document of a query, in pages of its limit.</summary>
    public static async IAsyncEnumerable<Document> AllAsync(
        this IDocumentStore store,
        Partition partition,
        Query query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            var page = await store.QueryAsync(partition, query with { Continuation = continuation }, cancellationToken);
            foreach (var document in page.Items)
                yield return document;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>A numbered page of a list with its total.</summary>
    public static async Task<Page<T>> PageAsync<T>(
        this IDocumentStore store,
        Partition partition,
        Query query,
        Paging paging,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        var total = await store.CountAsync(partition, query, cancellationToken);
        if (paging.Skip >= total)
            return new Page<T>([], total);

        var page = await store.QueryAsync(partition, query with { Skip = paging.Skip, Limit = paging.Size }, cancellationToken);
        return new Page<T>([.. page.Items.Select(document => document.As(type))], total);
    }

    /// <summary>Writes one document whatever is there; the caller relies on nothing it replaces.</summary>
    public static Task PutAsync<T>(this IDocumentStore store, Partition partition, string id, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        store.ExecuteAsync(partition, [new Operation.Upsert(id, Body(value, type))], cancellationToken);

    /// <summary>Creates the document unless it exists. True when this call created it.</summary>
    public static async Task<bool> TryCreateAsync<T>(this IDocumentStore store, Partition partition, string id, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var result = await store.ExecuteAsync(partition, [new Operation.Create(id, Body(value, type))], cancellationToken);
        return result.Applied;
    }

    /// <summary>
    /// Reads, changes and writes back under the etag until nobody interferes. <paramref name="change"/> gets null when the document is missing and
    /// may return the value it got, or null, to leave things as they are.
    /// </summary>
    public static async Task<T?> ChangeAsync<T>(
        this IDocumentStore store,
        Partition partition,
        string id,
        JsonTypeInfo<T> type,
        Func<T?, T?> change,
        CancellationToken cancellationToken)
        where T : class =>
        await store.ChangeAsync(partition, id, type, change, timeToLive: null, cancellationToken);

    /// <summary>As above, beginning with what was read before: it is read again only when somebody has written since.</summary>
    public static async Task<T?> ChangeAsync<T>(
        this IDocumentStore store,
        Partition partition,
        string id,
        Known known,
        JsonTypeInfo<T> type,
        Func<T?, T?> change,
        CancellationToken cancellationToken)
        where T : class
    {
        var current = known.Document?.As(type);
        var next = change(current);
        if (next is null || ReferenceEquals(next, current))
            return next;
        var body = Body(next, type);
        var result = await store.ExecuteAsync(partition, [Operation.Write(id, body, known.Document?.ETag)], cancellationToken);
        return result.Applied ? next : await store.ChangeAsync(partition, id, type, change, cancellationToken);
    }

    /// <summary>As above, for documents that expire: <paramref name="timeToLive"/> says when, from now on.</summary>
    public static async Task<T?> ChangeAsync<T>(
        this IDocumentStore store,
        Partition partition,
        string id,
        JsonTypeInfo<T> type,
        Func<T?, T?> change,
        Func<T, TimeSpan>? timeToLive,
        CancellationToken cancellationToken)
        where T : class
    {
        return await _turns.RepeatAsync(partition, id, TryAsync, cancellationToken);

        async Task<(bool IsDone, T? Result)> TryAsync()
        {
            var document = await store.ReadAsync(partition, id, cancellationToken);
            var current = document?.As(type);
            var next = change(current);
            if (next is null || ReferenceEquals(next, current))
                return (true, next);

            var body = Body(next, type);
            var life = timeToLive?.Invoke(next);
            var result = await store.ExecuteAsync(partition, [Operation.Write(id, body, document?.ETag, life)], cancellationToken);
            return (result.Applied, next);
        }
    }

    /// <summary>Deletes documents in batches, ignoring those that are gone.</summary>
    public static async Task DeleteAllAsync(this IDocumentStore store, IAsyncEnumerable<Document> documents, CancellationToken cancellationToken)
    {
        await foreach (var group in documents.GroupRuns(StoreLimits.BatchOperations).WithCancellation(cancellationToken))
        {
            var result = await store.ExecuteAsync(group[0].Partition, [.. group.Select(d => new Operation.Delete(d.Id))], cancellationToken);
            if (result.Applied)
                continue;

            foreach (var document in group)
                await store.ExecuteAsync(document.Partition, [new Operation.Delete(document.Id)], cancellationToken);
        }
    }

    public static Condition And(params IReadOnlyList<Condition?> parts)
    {
        Condition[] given = [.. parts.OfType<Condition>()];
        return given.Length == 1 ? given[0] : new Condition.All(given);
    }

    /// <summary>Consecutive documents of one partition, at most <paramref name="size"/> at a time. The source is read to its end first: deleting under a running query would shift its pages.</summary>
    private static async IAsyncEnumerable<List<Document>> GroupRuns(this IAsyncEnumerable<Document> documents, int size)
    {
        var all = new List<Document>();
        await foreach (var document in documents)
            all.Add(document);

        foreach (var partition in all.GroupBy(document => document.Partition))
        {
            foreach (var chunk in partition.Chunk(size))
                yield return [.. chunk];
        }
    }
}
