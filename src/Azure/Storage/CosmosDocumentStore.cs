using System.Text.Json;
using Kith.Azure.Identity;
using Kith.Core;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Microsoft.Azure.Cosmos;

namespace Kith.Azure.Storage;

/// <summary>
/// The document store on Cosmos DB (docs/decisions/0006-cosmos-documents.md). Items whose time to live is over are Cosmos DB's to hide. Reads see
/// what other processes wrote as far as the account's consistency promises: it has to be Strong where several run.
/// </summary>
public sealed class CosmosDocumentStore : IDocumentStore, IDisposable
{
    private const int Attempts = 4;
    private const int LeastVerified = 100;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    private readonly CosmosClient _client;
    private readonly string _database;
    private readonly Microsoft.Azure.Cosmos.Container[] _containers;

    /// <param name="transport">Makes the client's connections; null for its own.</param>
    public CosmosDocumentStore(CosmosOptions options, Func<HttpClient>? transport = null)
    {
        // Plans of queries that are sorted or counted are made in this process, by the library in the client's package, instead of by a request each.
        Environment.SetEnvironmentVariable("AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX", "true");
        // Nothing asks the host's metadata service which region this is: one region is all that is used.
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        var client = new CosmosClientOptions
        {
            ApplicationName = "kith",
            // One way everywhere: a cold start opens no connections per replica, and what is tested is what runs.
            ConnectionMode = ConnectionMode.Gateway,
            // Otherwise the client sends a write whose connection broke a second time by itself, and a conflict with oneself looks like one with others.
            LimitToEndpoint = true,
            EnableContentResponseOnWrite = false,
            MaxRetryAttemptsOnRateLimitedRequests = 9,
            MaxRetryWaitTimeOnRateLimitedRequests = TimeSpan.FromSeconds(15),
            HttpClientFactory = transport,
        };
        _client = options.Key is { } key
            ? new CosmosClient(options.Endpoint.AbsoluteUri, key, client)
            : new CosmosClient(options.Endpoint.AbsoluteUri, EntraIdentity.Of(options.ClientId), client);
        _database = options.Database;
        _containers = [.. CosmosContainer.All.Select(container => _client.GetContainer(options.Database, container.Name))];
    }

    /// <summary>Creates what is missing; for emulators. In production the identity may not, and Bicep has done it.</summary>
    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        await TryAsync(
            async () =>
            {
                Database database = await _client.CreateDatabaseIfNotExistsAsync(_database, cancellationToken: cancellationToken);
                foreach (var container in CosmosContainer.All)
                    await database.CreateContainerIfNotExistsAsync(container.Properties(), cancellationToken: cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Continuous backup keeps up to 30 days; no call shortens it.</summary>
    public TimeSpan Backups => TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public Task<Document?> ReadAsync(Partition partition, string id, CancellationToken cancellationToken)
    {
        StoreLimits.DemandComplete(partition);
        StoreLimits.DemandId(id);
        return TryAsync(
            async () =>
            {
                using var response = await Of(partition).ReadItemStreamAsync(id, Item.Key(partition), cancellationToken: cancellationToken);
                return CosmosFault.IsMissing(response.StatusCode, response.Headers)
                    ? null
                    : Item.Read(partition.Container, await response.EnsureSuccessStatusCode().BytesAsync(cancellationToken));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<QueryPage> QueryAsync(Partition partition, Query query, CancellationToken cancellationToken)
    {
        StoreLimits.DemandQuery(query);
        return TryAsync(
            async () =>
            {
                var (documents, passed) = query.Ids is null
                    ? Selected(partition, query, cancellationToken)
                    : ((await NamedAsync(partition, query, cancellationToken)).ToAsyncEnumerable(), 0);
                var skip = query.Skip - passed;
                var items = new List<Document>();
                await foreach (var document in documents)
                {
                    if (skip-- > 0)
                        continue;
                    if (items.Count == query.Limit)
                        return new QueryPage(items, Continuation.After(items[^1], query).Encode(query));
                    items.Add(document);
                }
                return new QueryPage(items, null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Document>> GatherAsync(Partition partition, IReadOnlyCollection<string> ids, IReadOnlyList<Query> queries, CancellationToken cancellationToken)
    {
        StoreLimits.DemandComplete(partition);
        foreach (var id in ids)
            StoreLimits.DemandId(id);
        foreach (var query in queries)
            StoreLimits.DemandQuery(query);
        if (ids.Count + queries.Count == 0)
            return [];
        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        return await TryAsync(
            async () =>
            {
                var found = new List<Document>();
                await foreach (var result in ResultsAsync(Of(partition), CosmosQuery.Gathered(wanted, queries), Options(partition, StoreLimits.PageSize), cancellationToken))
                {
                    var document = Item.Read(partition.Container, result);
                    if (wanted.Contains(document.Id) || queries.Any(query => query.Type == DocumentColumns.Of(document.Body).Type && Matches(query, document)))
                        found.Add(document);
                }
                return found;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(Partition partition, Query query, CancellationToken cancellationToken)
    {
        var all = new Query(query.Type) { Where = query.Where, Ids = query.Ids };
        StoreLimits.DemandQuery(all);
        return TryAsync(
            async () =>
            {
                if (all.Ids is not null)
                    return (await NamedAsync(partition, all, cancellationToken)).Count;
                var statement = CosmosQuery.Count(partition, all);
                var count = 0L;
                await foreach (var result in ResultsAsync(Of(partition), statement.Definition, Options(partition, StoreLimits.PageSize), cancellationToken))
                    count += statement.Exact ? JsonSerializer.Deserialize<long>(result.Span) : Matches(all, Item.Read(partition.Container, result)) ? 1 : 0;
                return count;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BatchResult> ExecuteAsync(Partition partition, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        StoreLimits.DemandBatch(partition, operations);
        var batch = new CosmosBatch(Of(partition), partition, operations);
        var inDoubt = false;
        return await TryAsync(
            async () =>
            {
                // An attempt that may have been applied would be found as a conflict with itself, and an upsert would overwrite what came after it.
                if (inDoubt && await batch.FindAsync(cancellationToken) is { } before)
                    return before;
                try
                {
                    var result = await batch.SendAsync(cancellationToken);
                    return result.Applied || !inDoubt ? result : await batch.FindAsync(cancellationToken) ?? result;
                }
                catch (Exception exception) when (CosmosFault.IsPassing(exception, cancellationToken))
                {
                    inDoubt = true;
                    // At once, before many others write the same items.
                    return await batch.FindAsync(cancellationToken) ?? throw new TimeoutException("Nobody knows what became of the batch.", exception);
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueDocument>> DueAsync(DueQuery query, CancellationToken cancellationToken)
    {
        StoreLimits.DemandPageSize(query.Limit);
        var asked = CosmosContainer.All.Where(container => query.Containers?.Contains(container.Container) != false);
        var due = await Task.WhenAll(asked.Select(container => TryAsync(() => DueAsync(container, query, cancellationToken), cancellationToken)));
        return [.. due.SelectMany(documents => documents).OrderBy(document => document.DueAt).Take(query.Limit)];
    }

    public void Dispose() => _client.Dispose();

    private async Task<List<DueDocument>> DueAsync(CosmosContainer container, DueQuery query, CancellationToken cancellationToken)
    {
        var due = new List<DueDocument>();
        var options = new QueryRequestOptions
        {
            PartitionKey = query.Workspace is { } workspace ? Item.Key(Partition.WholeWorkspace(container.Container, workspace)) : null,
            MaxItemCount = query.Limit,
            EnableOptimisticDirectExecution = false,
        };
        var definition = CosmosQuery.Due(container, query);
        await foreach (var result in ResultsAsync(_containers[(int)container.Container], definition, options, cancellationToken))
        {
            using var item = JsonDocument.Parse(result);
            string Text(string name) => item.RootElement.GetProperty(name).GetString()!;
            var levels = container.Levels;
            var partition = Partition.Of(container.Container, Text(levels[0]), Text(levels[1]), levels.Count > 2 ? Text(levels[2]) : "");
            due.Add(new DueDocument(partition, Text(Item.Id), Text(Item.Type), Timestamp.Parse(Text(Item.DueAt))));
            if (due.Count == query.Limit)
                break;
        }
        return due;
    }

    /// <summary>What the query selects, in order, verified where SQL could not say it all; and how many documents are left out already.</summary>
    private (IAsyncEnumerable<Document> Documents, int Passed) Selected(Partition partition, Query query, CancellationToken cancellationToken)
    {
        var statement = CosmosQuery.Page(partition, query);
        // One more than asked for says whether there is another page; how many have to be seen to verify so many is anybody's guess.
        var pageSize = statement.Exact ? query.Limit + 1 : Math.Max(4 * query.Limit, LeastVerified);
        var results = ResultsAsync(Of(partition), statement.Definition, Options(partition, pageSize), cancellationToken);
        var documents = results.Select(result => Item.Read(partition.Container, result));
        return statement.Exact ? (documents, query.Skip) : (documents.Where(document => Matches(query, document)), 0);
    }

    /// <summary>Documents looked up by key, in the query's order and after its continuation.</summary>
    private async Task<List<Document>> NamedAsync(Partition partition, Query query, CancellationToken cancellationToken)
    {
        var found = new List<(Continuation Key, Document Document)>();
        await foreach (var document in LookUpAsync(partition, query, cancellationToken))
        {
            var columns = DocumentColumns.Of(document.Body);
            if (columns.Type == query.Type && (query.Order != QueryOrder.Sequence || columns.Sequence is not null) && Matches(query, document))
                found.Add((Continuation.After(document, query), document));
        }
        var order = new KeyOrder(query);
        found.Sort((left, right) => order.Compare(left.Key, right.Key));
        if (query.Continuation is not null)
        {
            var after = Continuation.Decode(query.Continuation, query);
            found.RemoveAll(item => order.Compare(item.Key, after) <= 0);
        }
        return [.. found.Select(item => item.Document)];
    }

    private async IAsyncEnumerable<Document> LookUpAsync(
        Partition partition, Query query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] ids = [.. query.Ids!.Where(StoreLimits.IsId).Distinct(StringComparer.Ordinal)];
        if (ids.Length == 0)
            yield break;
        if (ids is [var only] && partition.IsComplete)
        {
            if (await ReadAsync(partition, only, cancellationToken) is { } document)
                yield return document;
            yield break;
        }
        await foreach (var result in ResultsAsync(Of(partition), CosmosQuery.Named(partition, query, ids), Options(partition, StoreLimits.PageSize), cancellationToken))
            yield return Item.Read(partition.Container, result);
    }

    private static bool Matches(Query query, Document document)
    {
        if (query.Where is null)
            return true;
        using var body = JsonDocument.Parse(document.Body);
        return ConditionEvaluator.Matches(query.Where, body.RootElement);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ResultsAsync(
        Microsoft.Azure.Cosmos.Container container,
        QueryDefinition definition,
        QueryRequestOptions options,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var pages = container.GetItemQueryStreamIterator(definition, requestOptions: options);
        while (pages.HasMoreResults)
        {
            using var page = (await pages.ReadNextAsync(cancellationToken)).EnsureSuccessStatusCode();
            foreach (var result in Item.Results(await page.BytesAsync(cancellationToken)))
                yield return result;
        }
    }

    /// <param name="pageSize">At most <see cref="StoreLimits.PageSize"/> have an effect.</param>
    private static QueryRequestOptions Options(Partition partition, int pageSize) => new()
    {
        PartitionKey = Item.Key(partition),
        MaxItemCount = Math.Min(pageSize, StoreLimits.PageSize),
        // Every statement passes the parser in this process first; sent without a plan, a wrong one would be found in production only.
        EnableOptimisticDirectExecution = false,
    };

    private Microsoft.Azure.Cosmos.Container Of(Partition partition) => _containers[(int)partition.Container];

    /// <summary>Tries again what failed in passing; the client itself has waited before where it was throttled.</summary>
    private static async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (attempt < Attempts && CosmosFault.IsPassing(exception, cancellationToken))
            {
                await Task.Delay(FirstDelay * (1 << (attempt - 1)) * (0.5 + Random.Shared.NextDouble()), cancellationToken);
            }
            catch (Exception exception) when (CosmosFault.Translated(exception, cancellationToken) is { } translated)
            {
                throw translated;
            }
        }
    }
}
