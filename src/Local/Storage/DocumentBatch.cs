using System.Globalization;
using Kith.Core.Storage;

namespace Kith.Local.Storage;

/// <summary>One atomic batch. Because no id appears twice, everything can be checked before anything is written.</summary>
internal sealed class DocumentBatch
{
    private readonly Partition _partition;
    private readonly IReadOnlyList<Operation> _operations;
    private readonly DocumentColumns[] _columns;

    /// <exception cref="ArgumentException">A body has not the form that the store needs.</exception>
    public DocumentBatch(Partition partition, IReadOnlyList<Operation> operations)
    {
        _partition = partition;
        _operations = operations;
        // Before the writer's thread sees it: bodies are read in parallel, and only statements run there.
        _columns = [.. operations.Select(operation => operation is Operation.Delete ? default : DocumentColumns.Of(Body(operation)))];
    }

    public BatchResult Apply(SqliteSession session, DateTimeOffset now)
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            var failure = Check(_operations[i], ETag(session, _operations[i].Id, now));
            if (failure != BatchFailure.None)
                return new BatchResult(failure, i, []);
        }
        var etags = new string[_operations.Count];
        for (var i = 0; i < etags.Length; i++)
            etags[i] = Write(session, _operations[i], _columns[i], now);
        return new BatchResult(BatchFailure.None, -1, etags);
    }

    private static BatchFailure Check(Operation operation, string? etag) => operation switch
    {
        Operation.Create => etag is null ? BatchFailure.None : BatchFailure.Conflict,
        Operation.Upsert => BatchFailure.None,
        _ when etag is null => BatchFailure.NotFound,
        Operation.Replace replace when replace.ETag != etag => BatchFailure.PreconditionFailed,
        Operation.Delete { ETag: { } expected } when expected != etag => BatchFailure.PreconditionFailed,
        _ => BatchFailure.None,
    };

    private static ReadOnlyMemory<byte> Body(Operation operation) => operation switch
    {
        Operation.Create create => create.Body,
        Operation.Upsert upsert => upsert.Body,
        Operation.Replace replace => replace.Body,
        _ => default,
    };

    private static TimeSpan? TimeToLive(Operation operation) => operation switch
    {
        Operation.Create create => create.TimeToLive,
        Operation.Upsert upsert => upsert.TimeToLive,
        Operation.Replace replace => replace.TimeToLive,
        _ => null,
    };

    private string? ETag(SqliteSession session, string id, DateTimeOffset now) => (string?)session.Command(
        """
        SELECT etag FROM documents
        WHERE container = $1 AND workspace = $2 AND second = $3 AND third = $4 AND id = $5 AND (expires_at IS NULL OR expires_at > $6)
        """,
        (long)_partition.Container, _partition.Workspace, _partition.Second, _partition.Third ?? "", id, now.ToUnixTimeMilliseconds()).ExecuteScalar();

    private string Write(SqliteSession session, Operation operation, DocumentColumns columns, DateTimeOffset now)
    {
        if (operation is Operation.Delete)
        {
            session.Execute(
                "DELETE FROM documents WHERE container = $1 AND workspace = $2 AND second = $3 AND third = $4 AND id = $5",
                (long)_partition.Container, _partition.Workspace, _partition.Second, _partition.Third ?? "", operation.Id);
            return "";
        }
        var etag = Random.Shared.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
        // An expired row that was not purged yet is replaced like any other. The cast turns bytes into text without a copy in UTF-16.
        session.Execute(
            """
            INSERT INTO documents (container, workspace, second, third, id, etag, expires_at, type, created_at, sequence, due_at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CAST($12 AS TEXT))
            ON CONFLICT (container, workspace, second, third, id) DO UPDATE SET
                etag = excluded.etag, expires_at = excluded.expires_at, type = excluded.type, created_at = excluded.created_at,
                sequence = excluded.sequence, due_at = excluded.due_at, body = excluded.body
            """,
            (long)_partition.Container, _partition.Workspace, _partition.Second, _partition.Third ?? "", operation.Id, etag,
            (now + TimeToLive(operation))?.ToUnixTimeMilliseconds(), columns.Type, columns.CreatedAt, columns.Sequence, columns.DueAt,
            Body(operation).ToArray());
        return etag;
    }
}
