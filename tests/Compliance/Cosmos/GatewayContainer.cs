using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>The items of one container, by effective partition key and id. Not for use by several threads.</summary>
internal sealed class GatewayContainer(int number, JsonObject properties, TimeProvider time)
{
    private const int MostBytes = 2 * 1024 * 1024;

    private readonly string[] _paths = [.. properties["partitionKey"]!["paths"]!.AsArray().Select(path => path!.GetValue<string>().TrimStart('/'))];
    private readonly SortedDictionary<(string Place, string Id), GatewayItem> _items = new(Comparer<(string Place, string Id)>.Create(
        (a, b) => string.CompareOrdinal(a.Place, b.Place) is var order && order != 0 ? order : string.CompareOrdinal(a.Id, b.Id)));
    private long _writes;

    public int Levels => _paths.Length;

    public string ResourceId { get; } = Rid(number, null);

    /// <summary>As the account tells it, with what the client needs to find it.</summary>
    public JsonObject Properties
    {
        get
        {
            var told = (JsonObject)properties.DeepClone();
            told["_rid"] = ResourceId;
            told["_self"] = $"dbs/{GatewayContainer.Rid(0, null)[..6]}==/colls/{ResourceId}/";
            told["_etag"] = "\"0\"";
            told["_ts"] = 1;
            return told;
        }
    }

    public IEnumerable<GatewayItem> Living => _items.Values.Where(IsLiving);

    public GatewayItem? Find(string place, string id) => _items.GetValueOrDefault((place, id)) is { } item && IsLiving(item) ? item : null;

    /// <summary>Applies all operations or none.</summary>
    public List<BatchOutcome> Apply(string[] key, IReadOnlyList<BatchOperation> operations)
    {
        var place = EffectivePartitionKey.Of(key);
        var before = new List<((string, string) Key, GatewayItem? Item)>();
        var outcomes = new List<BatchOutcome>();
        foreach (var operation in operations)
        {
            var id = operation.Id ?? Id(operation.Body!);
            before.Add(((place, id), _items.GetValueOrDefault((place, id))));
            var outcome = Apply(key, place, id, operation);
            outcomes.Add(outcome);
            if (outcome.Status < 300)
                continue;
            foreach (var (where, item) in Enumerable.Reverse(before))
            {
                if (item is null)
                    _items.Remove(where);
                else
                    _items[where] = item;
            }
            return [.. operations.Select((_, i) => i == outcomes.Count - 1 ? outcome : new BatchOutcome(424, null))];
        }
        return outcomes;
    }

    private static string Id(byte[] body) => JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;

    private bool IsLiving(GatewayItem item) => item.Expires is not { } expires || time.GetUtcNow() < expires;

    private BatchOutcome Apply(string[] key, string place, string id, BatchOperation operation)
    {
        var there = Find(place, id);
        if (operation.Type == BatchOperationType.Create && there is not null)
            return new BatchOutcome(409, null);
        if (operation.Type is BatchOperationType.Replace or BatchOperationType.Delete && there is null)
            return new BatchOutcome(404, null);
        if (operation.IfMatch is { } expected && there is not null && there.ETag != expected)
            return new BatchOutcome(412, null);
        if (operation.Type == BatchOperationType.Delete)
        {
            _items.Remove((place, id));
            return new BatchOutcome(204, null);
        }
        if (operation.Body!.Length > MostBytes)
            return new BatchOutcome(413, null);
        var item = Item(key, place, id, operation.Body, there?.ResourceId);
        if (item is null)
            return new BatchOutcome(400, null);
        _items[(place, id)] = item;
        return new BatchOutcome(there is null ? 201 : 200, item.ETag);
    }

    /// <summary>Null when the body contradicts the partition key or the id in the request.</summary>
    private GatewayItem? Item(string[] key, string place, string id, byte[] body, string? resourceId)
    {
        var values = (JsonObject)ValuesOf(JsonDocument.Parse(body).RootElement)!;
        if ((string?)values["id"] != id || _paths.Where((path, i) => (string?)values[path] != key[i]).Any())
            return null;
        var now = time.GetUtcNow();
        DateTimeOffset? expires = values["ttl"] is { } ttl && properties["defaultTtl"] is not null
            ? DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddSeconds(ttl.GetValue<double>())
            : null;
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{number:x8}-{++_writes:x8}\"");
        resourceId ??= Rid(number, _writes);
        values["_rid"] = resourceId;
        values["_self"] = $"dbs/x/colls/{ResourceId}/docs/{resourceId}/";
        values["_etag"] = etag;
        values["_attachments"] = "attachments/";
        values["_ts"] = now.ToUnixTimeSeconds();
        return new GatewayItem(place, id, resourceId, etag, expires, JsonSerializer.SerializeToElement(values));
    }

    /// <summary>What Cosmos DB keeps of JSON: values, not texts. Numbers are doubles, and of equal names the last one stays.</summary>
    private static JsonNode? ValuesOf(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in value.EnumerateObject())
                    members[member.Name] = ValuesOf(member.Value);
                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(ValuesOf)]);
            case JsonValueKind.Number:
                return JsonValue.Create(value.GetDouble());
            case JsonValueKind.String:
                return JsonValue.Create(value.GetString());
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(value.GetBoolean());
            default:
                return null;
        }
    }

    /// <summary>A resource id as the client takes it apart: database, container, document.</summary>
    private static string Rid(int container, long? document)
    {
        var bytes = new byte[document is null ? 8 : 16];
        bytes[3] = 1;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), container + 1);
        // Tells a container from a user.
        bytes[4] |= 0x80;
        if (document is { } number)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), number);
        return Convert.ToBase64String(bytes).Replace('/', '-');
    }
}
