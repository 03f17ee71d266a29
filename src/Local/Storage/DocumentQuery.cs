using Kith.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kith.Local.Storage;

/// <summary>
/// The rows that answer a query, in order, read as they are asked for. SQLite walks the index that has the partition, the type and the
/// order, between the bounds that the condition sets to the order's key, or seeks the ids asked for; it passes on only what matches.
/// </summary>
internal sealed class DocumentQuery : IDisposable
{
    private readonly Partition _partition;
    private readonly Query _query;
    private readonly SqliteDataReader _reader;

    public DocumentQuery(SqliteSession session, Partition partition, Query query, long now)
    {
        _partition = partition;
        _query = query;
        _reader = Command(session, DocumentSql.Page(partition, query, now)).ExecuteReader();
    }

    public static long Count(SqliteSession session, Partition partition, Query query, long now) =>
        (long)Command(session, DocumentSql.Count(partition, query, now)).ExecuteScalar()!;

    /// <summary>Moves to the next document that matches.</summary>
    public bool Next(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _reader.Read();
    }

    public Document Current() =>
        new(Place(_reader.GetString(2), _reader.GetString(3)), _reader.GetString(1), _reader.GetString(4), _reader.GetFieldValue<byte[]>(5));

    /// <summary>Continues after the current document.</summary>
    public string Continuation() =>
        new Continuation(_reader.GetString(0), _reader.GetString(1), _reader.GetString(2), _reader.GetString(3)).Encode(_query);

    public void Dispose() => _reader.Dispose();

    private static SqliteCommand Command(SqliteSession session, DocumentSql statement)
    {
        session.Matching.Conditions = statement.Conditions;
        return session.Command(statement.Sql, statement.Values);
    }

    private Partition Place(string second, string third) =>
        _partition.IsComplete ? _partition : Partition.Of(_partition.Container, _partition.Workspace, second, third);
}
