using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Kith.Core.Storage;
using Microsoft.Azure.Cosmos;

namespace Kith.Azure.Storage;

/// <summary>
/// One atomic batch, which can be sent again when nobody knows whether it was applied. Everything it writes carries its name: an item
/// that has it was written by an attempt before, and since all of a batch is applied or nothing, one item tells about all.
/// </summary>
internal sealed class CosmosBatch
{
    private static readonly TransactionalBatchItemRequestOptions Plain = new() { EnableContentResponseOnWrite = false };

    private readonly Microsoft.Azure.Cosmos.Container _container;
    private readonly Partition _partition;
    private readonly IReadOnlyList<Operation> _operations;
    private readonly byte[]?[] _items;
    private readonly string _name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(8));

    /// <exception cref="ArgumentException">A body has not the form that stores need.</exception>
    public CosmosBatch(Microsoft.Azure.Cosmos.Container container, Partition partition, IReadOnlyList<Operation> operations)
    {
        _container = container;
        _partition = partition;
        _operations = operations;
        _items = [.. operations.Select(Serialise)];
    }

    /// <exception cref="CosmosException">The batch was refused as a whole, or its fate is unknown.</exception>
    public async Task<BatchResult> SendAsync(CancellationToken cancellationToken)
    {
        var batch = _container.CreateTransactionalBatch(Item.Key(_partition));
        for (var i = 0; i < _operations.Count; i++)
            Add(batch, _operations[i], _items[i]);
        using var response = await batch.ExecuteAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
            return new BatchResult(BatchFailure.None, -1, [.. _operations.Select((operation, i) => operation is Operation.Delete ? "" : new ItemTag(response[i].ETag, WritesOf(operation)).ToString())]);
        // A missing container answers for every operation too.
        var answered = response.StatusCode != HttpStatusCode.NotFound || CosmosFault.IsMissing(response.StatusCode, response.Headers);
        for (var i = 0; answered && i < Math.Min(response.Count, _operations.Count); i++)
        {
            if (response[i].StatusCode != HttpStatusCode.FailedDependency && Failure(response[i].StatusCode) is { } failure)
                return new BatchResult(failure, i, []);
        }
        _ = int.TryParse(response.Headers.GetValueOrDefault("x-ms-substatus"), CultureInfo.InvariantCulture, out var subStatus);
        throw new CosmosException(response.ErrorMessage, response.StatusCode, subStatus, response.ActivityId, response.RequestCharge);
    }

    /// <summary>
    /// What an attempt with unknown end has done: null when it was not applied. A batch that only deletes leaves no name; it counts as applied when nothing
    /// of it is there, which is what its caller wants.
    /// </summary>
    public async Task<BatchResult?> FindAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ItemTag>(StringComparer.Ordinal);
        var options = new QueryRequestOptions { PartitionKey = Item.Key(_partition), EnableOptimisticDirectExecution = false };
        using var pages = _container.GetItemQueryStreamIterator(CosmosQuery.Writers([.. _operations.Select(operation => operation.Id)]), requestOptions: options);
        while (pages.HasMoreResults)
        {
            using var page = (await pages.ReadNextAsync(cancellationToken)).EnsureSuccessStatusCode();
            foreach (var result in Item.Results(await page.BytesAsync(cancellationToken)))
            {
                using var item = JsonDocument.Parse(result);
                found[Text(item, Item.Id)] = new ItemTag(Text(item, Item.ETag), [.. item.RootElement.GetProperty(Item.Writes).EnumerateArray().Select(name => name.GetString()!)]);
            }
        }
        var applied = _operations.All(operation => operation is Operation.Delete) ? found.Count == 0 : found.Values.Any(item => item.Writes.Contains(_name));
        // Where somebody has written since, no etag of ours is valid any more, and the name of the batch is none either.
        string ETag(string id) => found.TryGetValue(id, out var item) && item.Writes[0] == _name ? item.ToString() : _name;
        return applied ? new BatchResult(BatchFailure.None, -1, [.. _operations.Select(operation => operation is Operation.Delete ? "" : ETag(operation.Id))]) : null;
    }

    private static string Text(JsonDocument document, string name) => document.RootElement.GetProperty(name).GetString()!;

    private static BatchFailure? Failure(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Conflict => BatchFailure.Conflict,
        HttpStatusCode.NotFound => BatchFailure.NotFound,
        HttpStatusCode.PreconditionFailed => BatchFailure.PreconditionFailed,
        _ => null,
    };

    private IReadOnlyList<string> WritesOf(Operation operation) => ItemTag.WritesOf(operation, _name);

    private byte[]? Serialise(Operation operation) => operation switch
    {
        Operation.Create create => Item.Serialise(_partition, create.Id, create.Body, create.TimeToLive, WritesOf(create)),
        Operation.Upsert upsert => Item.Serialise(_partition, upsert.Id, upsert.Body, upsert.TimeToLive, WritesOf(upsert)),
        Operation.Replace replace => Item.Serialise(_partition, replace.Id, replace.Body, replace.TimeToLive, WritesOf(replace)),
        _ => null,
    };

    private static void Add(TransactionalBatch batch, Operation operation, byte[]? item) => _ = operation switch
    {
        Operation.Create => batch.CreateItemStream(new MemoryStream(item!), Plain),
        Operation.Upsert => batch.UpsertItemStream(new MemoryStream(item!), Plain),
        Operation.Replace replace => batch.ReplaceItemStream(replace.Id, new MemoryStream(item!), IfMatch(replace.ETag)),
        Operation.Delete delete => batch.DeleteItem(delete.Id, delete.ETag is null ? Plain : IfMatch(delete.ETag)),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    private static TransactionalBatchItemRequestOptions IfMatch(string etag) => new() { IfMatchEtag = ItemTag.Parse(etag).ETag, EnableContentResponseOnWrite = false };
}
