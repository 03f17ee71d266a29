using System.Globalization;
using System.Text;
using Kith.Core;
using Kith.Core.Storage;
using Microsoft.Azure.Cosmos;

namespace Kith.Azure.Storage;

/// <summary>A statement for Cosmos DB.</summary>
/// <param name="Exact">Whether it selects what was asked for and nothing else; if not, skip and limit are the reader's as well.</param>
internal sealed record CosmosQuery(QueryDefinition Definition, bool Exact)
{
    /// <summary>
    /// The items in the query's order, from its continuation on. Pages continue by the sort key of the last document, not by Cosmos DB's
    /// token: it stays valid where documents are verified after the query, and when the service changes its mind about tokens.
    /// </summary>
    public static CosmosQuery Page(Partition partition, Query query)
    {
        var builder = new Builder(partition, query);
        builder.Select("*");
        var container = CosmosContainer.Of(partition.Container);
        string[] sorted = [.. container.SortedBy(query.Order == QueryOrder.Sequence ? Item.Sequence : Item.CreatedAt)];
        if (query.Continuation is not null)
        {
            var after = Continuation.Decode(query.Continuation, query);
            // The type is the same for all.
            builder.After(sorted.AsSpan(1), [after.KeyValue(query.Order), after.Id, after.Second, after.Third]);
        }
        else if (query.Order == QueryOrder.Sequence)
        {
            builder.Defined(Item.Sequence);
        }
        builder.Where();
        builder.OrderBy(sorted);
        if (builder.Exact && query.Skip > 0)
            builder.OffsetLimit(query.Skip, query.Limit + 1);
        return builder.Built();
    }

    public static CosmosQuery Count(Partition partition, Query query)
    {
        var builder = new Builder(partition, query);
        builder.Select("VALUE COUNT(1)");
        builder.Where();
        // What is over-selected has to be seen to be counted.
        return builder.Exact ? builder.Built() : Page(partition, query with { Order = QueryOrder.CreatedAt });
    }

    /// <summary>What of a container is due: the one query that crosses workspaces. Only documents with a due time are in the index it uses.</summary>
    public static QueryDefinition Due(CosmosContainer container, DueQuery query)
    {
        string[] places = [Item.Id, Item.Type, Item.DueAt, .. container.Levels];
        var inWorkspace = query.Workspace is null ? "" : $" AND c.{Item.Workspace} = @workspace";
        var since = query.From is null ? "" : $" AND c.{Item.DueAt} >= @from";
        var definition = new QueryDefinition(
            $"SELECT {string.Join(", ", places.Select(place => $"c.{place}"))} FROM c WHERE c.{Item.DueAt} <= @before{since}{inWorkspace} ORDER BY c.{Item.DueAt} ASC")
            .WithParameter("@before", Timestamp.Of(query.Before));
        if (query.From is { } from)
            definition.WithParameter("@from", Timestamp.Of(from));
        return query.Workspace is { } workspace ? definition.WithParameter("@workspace", workspace) : definition;
    }

    /// <summary>Who wrote what is there under these ids.</summary>
    public static QueryDefinition Writers(IReadOnlyList<string> ids)
    {
        var definition = new QueryDefinition($"SELECT c.{Item.Id}, c.{Item.ETag}, c.{Item.Writes} FROM c WHERE c.{Item.Id} IN ({string.Join(", ", ids.Select((_, i) => $"@p{i}"))})");
        for (var i = 0; i < ids.Count; i++)
            definition.WithParameter($"@p{i}", ids[i]);
        return definition;
    }

    /// <summary>Items under ids and those that queries select, some more where SQL cannot say it all.</summary>
    public static QueryDefinition Gathered(IReadOnlyCollection<string> ids, IReadOnlyList<Query> queries)
    {
        var values = new List<object>();
        var parts = new List<string>();
        if (ids.Count > 0)
            parts.Add($"c.{Item.Id} IN ({string.Join(", ", ids.Select(Bind))})");
        foreach (var query in queries)
        {
            var ofType = $"c.{Item.Type} = {Bind(query.Type)}";
            var condition = query.Where is null ? null : new ConditionSql(Bind).Compile(query.Where).Sql;
            parts.Add(condition is null ? ofType : $"({ofType} AND {condition})");
        }
        var definition = new QueryDefinition($"SELECT * FROM c WHERE {string.Join(" OR ", parts)}");
        for (var i = 0; i < values.Count; i++)
            definition.WithParameter(Name(i), values[i]);
        return definition;

        string Bind(object value)
        {
            values.Add(value);
            return Name(values.Count - 1);
        }
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");

    /// <summary>The items under these ids, in no order and whatever the condition says: they are few enough to be looked at.</summary>
    public static QueryDefinition Named(Partition partition, Query query, IReadOnlyList<string> ids)
    {
        var builder = new Builder(partition, query);
        builder.Select("*");
        builder.Named(ids);
        return builder.Built().Definition;
    }

    private sealed class Builder(Partition partition, Query query)
    {
        private readonly StringBuilder _sql = new();
        private readonly List<object> _values = [];

        public bool Exact { get; private set; } = true;

        private char Onwards => query.Descending ? '<' : '>';

        public void Select(string what)
        {
            _sql.Append(CultureInfo.InvariantCulture, $"SELECT {what} FROM c WHERE c.{Item.Type} = {Bind(query.Type)}");
            if (partition.IsComplete)
                return;
            // The prefix routes the query; that no other workspace answers does not rest on routing alone.
            var levels = CosmosContainer.Of(partition.Container).Levels;
            _sql.Append(CultureInfo.InvariantCulture, $" AND c.{levels[0]} = {Bind(partition.Workspace)}");
            if (partition.Second is not null)
                _sql.Append(CultureInfo.InvariantCulture, $" AND c.{levels[1]} = {Bind(partition.Second)}");
        }

        public void Named(IReadOnlyList<string> ids) => _sql.Append(CultureInfo.InvariantCulture, $" AND c.{Item.Id} IN ({string.Join(", ", ids.Select(Bind))})");

        public void Defined(string name) => _sql.Append(CultureInfo.InvariantCulture, $" AND IS_DEFINED(c.{name})");

        /// <summary>Keys after these values, compared one after the other. The bound on the first one is said apart, because the index serves it.</summary>
        public void After(ReadOnlySpan<string> keys, ReadOnlySpan<object> values)
        {
            _sql.Append(CultureInfo.InvariantCulture, $" AND c.{keys[0]} {Onwards}= {Bind(values[0])} AND ");
            for (var i = 0; i < keys.Length; i++)
            {
                var value = Bind(values[i]);
                _sql.Append(CultureInfo.InvariantCulture, $"(c.{keys[i]} {Onwards} {value}");
                if (i < keys.Length - 1)
                    _sql.Append(CultureInfo.InvariantCulture, $" OR (c.{keys[i]} = {value} AND ");
            }
            _sql.Append(')', 2 * keys.Length - 1);
        }

        public void Where()
        {
            if (query.Where is null)
                return;
            var (sql, exact) = new ConditionSql(Bind).Compile(query.Where);
            Exact = exact;
            if (sql is not null)
                _sql.Append(CultureInfo.InvariantCulture, $" AND {sql}");
        }

        public void OrderBy(IEnumerable<string> names)
        {
            var direction = query.Descending ? "DESC" : "ASC";
            _sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {string.Join(", ", names.Select(name => $"c.{name} {direction}"))}");
        }

        public void OffsetLimit(int offset, int limit) => _sql.Append(CultureInfo.InvariantCulture, $" OFFSET {Bind(offset)} LIMIT {Bind(limit)}");

        public CosmosQuery Built()
        {
            var definition = new QueryDefinition(_sql.ToString());
            for (var i = 0; i < _values.Count; i++)
                definition.WithParameter(Name(i), _values[i]);
            return new CosmosQuery(definition, Exact);
        }

        private string Bind(object value)
        {
            _values.Add(value);
            return Name(_values.Count - 1);
        }
    }
}
