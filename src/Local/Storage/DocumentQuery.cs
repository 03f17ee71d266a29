using System.Globalization;
using System.Text;
using System.Text.Json;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kith.Local.Storage;

/// <summary>
/// The rows that answer a query, in order, read as they are asked for. SQLite walks the index that has the partition, the type and the
/// order; conditions are evaluated here, on the bodies. Measured, json_extract in SQL saves a fifth of that (0.9 against 1.1 µs a row);
/// it is not worth a second implementation of their meaning, paths made of users' keys, and limits on parameters and depth.
/// </summary>
internal sealed class DocumentQuery : IDisposable
{
    private readonly Partition _partition;
    private readonly Query _query;
    private readonly SqliteDataReader _reader;
    private byte[]? _body;

    public DocumentQuery(SqliteSession session, Partition partition, Query query, long now)
    {
        _partition = partition;
        _query = query;
        var (sql, values) = Compile(partition, query, now);
        _reader = session.Command(sql, values).ExecuteReader();
    }

    /// <summary>Moves to the next document that matches.</summary>
    public bool Next(CancellationToken cancellationToken)
    {
        while (_reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _body = null;
            if (_query.Where is null || Matches(_query.Where))
                return true;
        }
        return false;
    }

    public Document Current() => new(Place(_reader.GetString(2), _reader.GetString(3)), _reader.GetString(1), _reader.GetString(4), Body());

    /// <summary>Continues after the current document.</summary>
    public string Continuation() =>
        new Continuation(_reader.GetString(0), _reader.GetString(1), _reader.GetString(2), _reader.GetString(3)).Encode(_query);

    public void Dispose() => _reader.Dispose();

    internal static (string Sql, object?[] Values) Compile(Partition partition, Query query, long now)
    {
        var values = new List<object?> { partition.Workspace, query.Type, now };
        string Bind(object? value)
        {
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
        }

        var bySequence = query.Order == QueryOrder.Sequence;
        var index = partition switch
        {
            { IsComplete: true } => bySequence ? "documents_sequence" : "documents_created",
            { Second: not null } => "documents_observer",
            _ => "documents_workspace",
        };
        var key = bySequence ? "sequence" : "created_at";
        var direction = query.Descending ? "DESC" : "ASC";
        // The container is a literal for the partial index, and the index is named so that the plan never depends on statistics.
        var sql = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT {key}, id, second, third, etag, body FROM documents INDEXED BY {index}
            WHERE container = {(int)partition.Container} AND workspace = $1 AND type = $2 AND (expires_at IS NULL OR expires_at > $3)
            """));
        if (partition.Second is not null)
            sql.Append(CultureInfo.InvariantCulture, $" AND second = {Bind(partition.Second)}");
        if (partition.IsComplete)
            sql.Append(CultureInfo.InvariantCulture, $" AND third = {Bind(partition.Third ?? "")}");
        if (bySequence)
            sql.Append(" AND sequence IS NOT NULL");
        if (query.Continuation is not null)
        {
            var after = Storage.Continuation.Decode(query.Continuation, query);
            sql.Append(CultureInfo.InvariantCulture,
                $" AND ({key}, id, second, third) {(query.Descending ? '<' : '>')} ({Bind(after.KeyValue(query.Order))}, {Bind(after.Id)}, {Bind(after.Second)}, {Bind(after.Third)})");
        }
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {key} {direction}, id {direction}, second {direction}, third {direction}");
        return (sql.ToString(), [.. values]);
    }

    private bool Matches(Condition condition)
    {
        using var body = JsonDocument.Parse(Body());
        return ConditionEvaluator.Matches(condition, body.RootElement);
    }

    private byte[] Body() => _body ??= _reader.GetFieldValue<byte[]>(5);

    private Partition Place(string second, string third) =>
        _partition.IsComplete ? _partition : DocumentPlace.Of(_partition.Container, _partition.Workspace, second, third);
}
