using System.Text.Json;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>A query as the client sends it, and a page of its answer.</summary>
internal sealed class GatewayQuery
{
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly SqlStatement _statement;
    private readonly Dictionary<string, object?> _parameters;

    public GatewayQuery(JsonElement body)
    {
        Sql = body.GetProperty("query").GetString()!;
        _statement = SqlParser.Parse(Sql);
        _parameters = body.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => SqlValue.Of(parameter.GetProperty("value")))
            : [];
    }

    public string Sql { get; }

    /// <param name="items">In the partitions that the request names.</param>
    /// <param name="continuation">From the page before: the sort key and resource id of its last row, so that inserts shift nothing.</param>
    public (byte[] Page, int Count, string? Continuation) Page(IEnumerable<GatewayItem> items, string resourceId, int size, string? continuation)
    {
        var rows = items.Where(item => _statement.Where is null || _statement.Where(Scope(item)) is true).Select(item => new Row(item, [.. _statement.Sorts.Select(sort => sort.Key(Scope(item)))])).ToList();
        rows.Sort(Compare);
        if (_statement.Counts)
            return Written(resourceId, [_statement.Selection(new SqlScope(SqlValue.Undefined, _parameters, rows.Count))], null);
        if (_statement.Offset is not null)
            rows = [.. rows.Skip(Number(_statement.Offset)).Take(Number(_statement.Limit!))];
        if (_statement.Top is not null)
            rows = [.. rows.Take(Number(_statement.Top))];
        if (continuation is not null)
        {
            var last = Row.Decode(continuation);
            rows.RemoveAll(row => Compare(row, last) <= 0);
        }
        var page = new List<object?>();
        var bytes = 0;
        foreach (var row in rows)
        {
            page.Add(_statement.Selection(Scope(row.Item)));
            bytes += row.Item.Json.GetRawText().Length;
            if (page.Count == size || bytes > MostBytes)
                break;
        }
        return Written(resourceId, page, page.Count < rows.Count ? rows[page.Count - 1].Encode() : null);
    }

    private SqlScope Scope(GatewayItem item) => new(item.Json, _parameters);

    private int Number(SqlExpression expression) => (int)(double)expression(new SqlScope(SqlValue.Undefined, _parameters))!;

    private int Compare(Row left, Row right)
    {
        for (var i = 0; i < _statement.Sorts.Count; i++)
        {
            var order = SqlValue.Sort(left.Keys[i], right.Keys[i]);
            if (order != 0)
                return _statement.Sorts[i].Descending ? -order : order;
        }
        return string.CompareOrdinal(left.ResourceId, right.ResourceId);
    }

    private static (byte[] Page, int Count, string? Continuation) Written(string resourceId, List<object?> page, string? continuation)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            SqlValue.Write(writer, new Dictionary<string, object?> { ["_rid"] = resourceId, ["Documents"] = page, ["_count"] = (double)page.Count });
        }
        return (buffer.ToArray(), page.Count, continuation);
    }

    private sealed record Row(GatewayItem Item, object?[] Keys)
    {
        public string ResourceId => Item.ResourceId;

        public static Row Decode(string continuation)
        {
            var parts = JsonDocument.Parse(Convert.FromBase64String(continuation)).RootElement;
            var item = new GatewayItem("", "", parts[0].GetString()!, "", null, default);
            return new Row(item, [.. parts.EnumerateArray().Skip(1).Select(part => part.GetArrayLength() == 0 ? SqlValue.Undefined : SqlValue.Of(part[0]))]);
        }

        public string Encode()
        {
            var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                SqlValue.Write(writer, (List<object?>)[ResourceId, .. Keys.Select(key => new List<object?> { key })]);
            }
            return Convert.ToBase64String(buffer.ToArray());
        }
    }
}
