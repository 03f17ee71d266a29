using System.Globalization;
using System.Text;
using System.Text.Json;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Local.Storage;

/// <summary>A statement over the documents of one type.</summary>
/// <param name="Sql">The same for all queries of one shape, so that it is prepared once.</param>
/// <param name="Conditions">For <see cref="ConditionFunction"/>.</param>
internal sealed record DocumentSql(string Sql, object?[] Values, IReadOnlyList<Condition> Conditions)
{
    /// <summary>The rows in the query's order, from its continuation on: sort key, id, second, third, etag, body.</summary>
    public static DocumentSql Page(Partition partition, Query query, long now) =>
        new Builder(partition, query, now, query.Order == QueryOrder.Sequence).Page();

    public static DocumentSql Count(Partition partition, Query query, long now) =>
        new Builder(partition, query, now, DemandsSequence(query.Where)).Count();

    private static bool DemandsSequence(Condition? where) => where switch
    {
        Condition.Compare compare => compare is { Comparison: not Comparison.NotEqual, Field: { Kind: FieldKind.Number, Path: ["sequence"] } },
        Condition.All all => all.Parts.Any(DemandsSequence),
        _ => false,
    };

    private sealed class Builder(Partition partition, Query query, long now, bool bySequence)
    {
        private readonly string _key = bySequence ? "sequence" : "created_at";
        private readonly List<object?> _values = [partition.Workspace, query.Type, now];
        private readonly StringBuilder _sql = new();
        private IReadOnlyList<Condition> _conditions = [];

        // The index is named so that the plan never depends on statistics.
        private string Index => partition switch
        {
            { IsComplete: true } when query.Ids is not null => "documents_key",
            { Container: Container.Memory } when query.Ids is not null => "documents_id",
            { IsComplete: true } => bySequence ? "documents_sequence" : "documents_created",
            { Second: not null } => "documents_observer",
            _ => "documents_workspace",
        };

        private char Onwards => query.Descending ? '<' : '>';

        public DocumentSql Page()
        {
            var direction = query.Descending ? "DESC" : "ASC";
            _sql.Append(CultureInfo.InvariantCulture, $"SELECT {_key}, id, second, third, etag, body");
            From(query.Continuation is null ? null : (_key, Onwards));
            if (query.Continuation is not null)
            {
                var after = Continuation.Decode(query.Continuation, query);
                _sql.Append(CultureInfo.InvariantCulture,
                    $" AND ({_key}, id, second, third) {Onwards} ({Bind(after.KeyValue(query.Order))}, {Bind(after.Id)}, {Bind(after.Second)}, {Bind(after.Third)})");
            }
            _sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {_key} {direction}, id {direction}, second {direction}, third {direction}");
            return Built();
        }

        public DocumentSql Count()
        {
            _sql.Append("SELECT count(*)");
            From(null);
            return Built();
        }

        /// <param name="bound">See <see cref="ConditionSql.Bound"/>.</param>
        private void From((string, char)? bound)
        {
            // The container is a literal for the partial indexes.
            _sql.Append(CultureInfo.InvariantCulture, $"""
                 FROM documents INDEXED BY {Index}
                WHERE container = {(int)partition.Container} AND workspace = $1 AND type = $2 AND (expires_at IS NULL OR expires_at > $3)
                """);
            if (partition.Second is not null)
                _sql.Append(CultureInfo.InvariantCulture, $" AND second = {Bind(partition.Second)}");
            if (partition.IsComplete)
                _sql.Append(CultureInfo.InvariantCulture, $" AND third = {Bind(partition.Third ?? "")}");
            if (bySequence)
                _sql.Append(" AND sequence IS NOT NULL");
            if (query.Ids is not null)
            {
                // No id holds a zero character, and SQLite would cut such a one there and find another.
                var ids = JsonSerializer.Serialize(query.Ids.Where(id => !id.Contains('\0')));
                _sql.Append(CultureInfo.InvariantCulture, $" AND id IN (SELECT value FROM json_each({Bind(ids)}))");
            }
            if (query.Where is not null)
            {
                var where = new ConditionSql(Bind) { Bound = bound };
                _sql.Append(CultureInfo.InvariantCulture, $" AND {where.Compile(query.Where)}");
                _conditions = where.Evaluated;
            }
        }

        private string Bind(object? value)
        {
            _values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
        }

        private DocumentSql Built() => new(_sql.ToString(), [.. _values], _conditions);
    }
}
