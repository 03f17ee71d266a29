using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Azure.Storage;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>
/// Cosmos DB's gateway in this process, for the real client: partition keys and their prefixes, etags, atomic batches, queries, continuation, limits and
/// time to live as documented. It reads exactly the queries that the adapter sends; the client's own parser, Microsoft's, has seen them before.
/// </summary>
internal sealed class CosmosGateway(TimeProvider time) : HttpMessageHandler
{
    public static readonly Uri Address = new("http://localhost:8081");

    /// <summary>The emulators' key: the client signs with it, nobody checks.</summary>
    public const string Key = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    private const string Range = "0";
    private const string PastTheEnd = "FF";
    private const int MostBytes = 2 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, GatewayContainer> _containers = [];
    private bool _hasDatabase;

    /// <summary>Asked before every request for data.</summary>
    public Func<GatewayRequestKind, GatewayFault> Fault { get; set; } = _ => GatewayFault.None;

    /// <summary>In order, with those that failed.</summary>
    public ConcurrentQueue<GatewayRequest> Requests { get; } = [];

    public CosmosDocumentStore Store() =>
        new(new CosmosOptions(Address, "kith") { Key = Key }, () => new HttpClient(this, disposeHandler: false));

    /// <summary>Of data, since the last call.</summary>
    public IReadOnlyList<GatewayRequest> Taken()
    {
        var taken = new List<GatewayRequest>();
        while (Requests.TryDequeue(out var request))
            taken.Add(request);
        return [.. taken.Where(request => request.Kind != GatewayRequestKind.Metadata)];
    }

    /// <summary>Bytes of each logical partition of a container.</summary>
    public IReadOnlyDictionary<string, long> Sizes(string container)
    {
        lock (_lock)
            return Container(container)!.Living.GroupBy(item => item.Place).ToDictionary(items => items.Key, items => items.Sum(item => (long)Encoding.UTF8.GetByteCount(item.Json.GetRawText())));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        if (path.Length < 5 || path[4] != "docs")
        {
            Requests.Enqueue(new GatewayRequest(GatewayRequestKind.Metadata, path.ElementAtOrDefault(3) ?? "", HasFullKey: false));
            lock (_lock)
            {
                return Metadata(request, path, body);
            }
        }
        var kind = request.Method == HttpMethod.Get ? GatewayRequestKind.Read
            : Header(request, "x-ms-cosmos-is-batch-request") is not null ? GatewayRequestKind.Batch
            : GatewayRequestKind.Query;
        var fault = Fault(kind);
        var answer = fault switch
        {
            GatewayFault.Throttled => Answer(429, headers: ("x-ms-retry-after-ms", "3")),
            GatewayFault.RetryWith => Answer(449),
            GatewayFault.Unavailable => Answer(503),
            GatewayFault.Cut => throw new HttpRequestException("The connection broke."),
            _ => await DataAsync(request, kind, path, body),
        };
        return fault switch
        {
            GatewayFault.UnavailableAfter => Answer(503),
            GatewayFault.TimeoutAfter => Answer(408),
            GatewayFault.CutAfter => throw new HttpRequestException("The connection broke."),
            _ => answer,
        };
    }

    private HttpResponseMessage Metadata(HttpRequestMessage request, string[] path, byte[] body)
    {
        var creates = request.Method == HttpMethod.Post;
        switch (path)
        {
            case [""]:
                return Answer(200, Account());
            case ["dbs"] when creates:
                _hasDatabase = true;
                return Answer(201, new JsonObject { ["id"] = JsonNode.Parse(body)!["id"]!.DeepClone(), ["_rid"] = "AAAAAQ==" });
            case ["dbs", var database]:
                return _hasDatabase ? Answer(200, new JsonObject { ["id"] = database, ["_rid"] = "AAAAAQ==" }) : Answer(404);
            case ["dbs", _, "colls"] when creates:
                var properties = (JsonObject)JsonNode.Parse(body)!;
                var created = new GatewayContainer(_containers.Count, properties, time);
                return _containers.TryAdd((string)properties["id"]!, created) ? Answer(201, created.Properties) : Answer(409);
            case ["dbs", _, "colls", var name]:
                return Container(name) is { } container ? Answer(200, container.Properties) : Answer(404);
            case ["dbs", _, "colls", var name, "pkranges"]:
                return Header(request, "If-None-Match") is not null ? Answer(304, headers: ("etag", "\"1\"")) : Answer(200, Ranges(Container(name)!), ("etag", "\"1\""));
            default:
                throw new NotSupportedException($"{request.Method} {request.RequestUri}");
        }
    }

    private async Task<HttpResponseMessage> DataAsync(HttpRequestMessage request, GatewayRequestKind kind, string[] path, byte[] body)
    {
        var container = Container(path[3]);
        if (container is null)
            return Answer(404, headers: ("x-ms-substatus", "1003"));
        string[] key = Header(request, "x-ms-documentdb-partitionkey") is { } text ? JsonSerializer.Deserialize<string[]>(text)! : [];
        var hasFullKey = key.Length == container.Levels;
        var query = kind == GatewayRequestKind.Query ? new GatewayQuery(JsonDocument.Parse(body).RootElement) : null;
        Requests.Enqueue(new GatewayRequest(kind, path[3], hasFullKey, query?.Sql));
        if (kind != GatewayRequestKind.Query && !hasFullKey)
            return Answer(400);
        if (body.Length > MostBytes)
            return Answer(413);
        var operations = kind == GatewayRequestKind.Batch ? await BatchWire.ReadAsync(new MemoryStream(body)) : [];
        List<BatchOutcome> outcomes;
        lock (_lock)
        {
            if (kind == GatewayRequestKind.Read)
            {
                return container.Find(EffectivePartitionKey.Of(key), path[5]) is { } item
                    ? Answer(200, Encoding.UTF8.GetBytes(item.Json.GetRawText()), ("etag", item.ETag))
                    : Answer(404, headers: ("x-ms-substatus", "0"));
            }
            if (query is not null)
                return Query(request, container, key, query);
            outcomes = container.Apply(key, operations);
        }
        return Answer(outcomes.All(outcome => outcome.Status < 300) ? 200 : 207, await BatchWire.WriteAsync(outcomes));
    }

    private static HttpResponseMessage Query(HttpRequestMessage request, GatewayContainer container, string[] key, GatewayQuery query)
    {
        var (from, to) = (Header(request, "x-ms-start-epk") ?? "", Header(request, "x-ms-end-epk") ?? PastTheEnd);
        var place = EffectivePartitionKey.Of(key);
        var items = container.Living.Where(item =>
            item.Place.StartsWith(place, StringComparison.Ordinal) && string.CompareOrdinal(item.Place, from) >= 0 && string.CompareOrdinal(item.Place, to) < 0);
        var size = int.Parse(Header(request, "x-ms-max-item-count") ?? "-1", CultureInfo.InvariantCulture);
        var (page, count, continuation) = query.Page(items, container.ResourceId, size < 0 ? 1000 : size, Header(request, "x-ms-continuation"));
        return Answer(200, page, ("x-ms-continuation", continuation), ("x-ms-item-count", count.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>By name or by resource id: the client uses both.</summary>
    private GatewayContainer? Container(string name) =>
        _containers.GetValueOrDefault(name) ?? _containers.Values.FirstOrDefault(container => container.ResourceId == name);

    private static JsonObject Ranges(GatewayContainer container) => new()
    {
        ["_rid"] = container.ResourceId,
        ["_count"] = 1,
        ["PartitionKeyRanges"] = new JsonArray(new JsonObject
        {
            ["id"] = Range,
            ["_rid"] = container.ResourceId,
            ["minInclusive"] = "",
            ["maxExclusive"] = PastTheEnd,
            ["parents"] = new JsonArray(),
            ["status"] = "online",
        }),
    };

    private static JsonObject Account()
    {
        JsonArray Locations() => new(new JsonObject { ["name"] = "here", ["databaseAccountEndpoint"] = Address.AbsoluteUri });
        return new JsonObject
        {
            ["id"] = "double",
            ["_rid"] = "double.documents.azure.com",
            ["writableLocations"] = Locations(),
            ["readableLocations"] = Locations(),
            ["userConsistencyPolicy"] = new JsonObject { ["defaultConsistencyLevel"] = "Session" },
            ["userReplicationPolicy"] = new JsonObject { ["minReplicaSetSize"] = 3, ["maxReplicasetSize"] = 4 },
            ["queryEngineConfiguration"] = """
                {"maxSqlQueryInputLength":262144,"maxJoinsPerSqlQuery":5,"maxLogicalAndPerSqlQuery":500,"maxLogicalOrPerSqlQuery":500,"maxUdfRefPerSqlQuery":10,
                "maxInExpressionItemsCount":16000,"queryMaxInMemorySortDocumentCount":500,"maxQueryRequestTimeoutFraction":0.9,"sqlAllowNonFiniteNumbers":false,
                "sqlAllowAggregateFunctions":true,"sqlAllowSubQuery":true,"sqlAllowScalarSubQuery":true,"allowNewKeywords":true,"sqlAllowLike":true,
                "sqlAllowGroupByClause":true,"maxSpatialQueryCells":12,"spatialMaxGeometryPointCount":256,"sqlDisableOptimizationFlags":0,"sqlAllowTop":true,
                "enableSpatialIndexing":true}
                """,
        };
    }

    private static HttpResponseMessage Answer(int status, JsonObject? body = null, params (string Name, string? Value)[] headers) =>
        Answer(status, body is null ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(body), headers);

    private static HttpResponseMessage Answer(int status, byte[] body, params (string Name, string? Value)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (status == 449)
        {
            // Not among the statuses that .NET has a phrase for, and the client's diagnostics want one.
            answer.ReasonPhrase = "Retry With";
        }
        answer.Headers.Add("x-ms-activity-id", Guid.NewGuid().ToString());
        answer.Headers.Add("x-ms-request-charge", "1");
        answer.Headers.Add("x-ms-session-token", "0:-1#1");
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            answer.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }

    private static string? Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
