using Kith.Core;
using Kith.Core.Storage;

namespace Kith.Local.Storage;

/// <summary>The document store of one machine: one SQLite file in a data folder that one process owns.</summary>
public sealed class SqliteDocumentStore : IDocumentStore, IAsyncDisposable
{
    private const int PurgeSize = 1000;
    private static readonly TimeSpan PurgePeriod = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly ITimer _purge;

    /// <param name="folder">Created when missing.</param>
    /// <param name="time">Decides what has expired.</param>
    /// <exception cref="KithException">
    /// <see cref="ErrorCode.Unavailable"/>: SQLite is missing or too old, another process has the folder open, or a newer version wrote it.
    /// </exception>
    public SqliteDocumentStore(string folder, TimeProvider time)
    {
        _time = time;
        Database = new SqliteDatabase(folder, DocumentSchema.Ensure);
        _purge = time.CreateTimer(_ => _ = PurgeAsync(), null, PurgePeriod, PurgePeriod);
    }

    /// <summary>For adapters that keep their tables in the same file.</summary>
    internal SqliteDatabase Database { get; }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public Task<Document?> ReadAsync(Partition partition, string id, CancellationToken cancellationToken)
    {
        StoreLimits.DemandComplete(partition);
        StoreLimits.DemandId(id);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Database.Read(session =>
        {
            using var reader = session.Command(
                """
                SELECT etag, body FROM documents
                WHERE container = $1 AND workspace = $2 AND second = $3 AND third = $4 AND id = $5 AND (expires_at IS NULL OR expires_at > $6)
                """,
                (long)partition.Container, partition.Workspace, partition.Second, partition.Third ?? "", id, Now).ExecuteReader();
            return reader.Read() ? new Document(partition, id, reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
        }));
    }

    /// <inheritdoc/>
    public Task<QueryPage> QueryAsync(Partition partition, Query query, CancellationToken cancellationToken)
    {
        StoreLimits.DemandQuery(query);
        return Task.FromResult(Database.Read(session =>
        {
            using var rows = new DocumentQuery(session, partition, query, Now);
            for (var skipped = 0; skipped < query.Skip; skipped++)
            {
                if (!rows.Next(cancellationToken))
                    return new QueryPage([], null);
            }
            var items = new List<Document>();
            string? continuation = null;
            while (rows.Next(cancellationToken))
            {
                if (items.Count == query.Limit)
                    return new QueryPage(items, continuation);
                items.Add(rows.Current());
                if (items.Count == query.Limit)
                    continuation = rows.Continuation();
            }
            return new QueryPage(items, null);
        }));
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(Partition partition, Query query, CancellationToken cancellationToken)
    {
        var all = new Query(query.Type) { Where = query.Where, Ids = query.Ids };
        StoreLimits.DemandQuery(all);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Database.Read(session => DocumentQuery.Count(session, partition, all, Now)));
    }

    /// <inheritdoc/>
    public Task<BatchResult> ExecuteAsync(Partition partition, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        StoreLimits.DemandBatch(partition, operations);
        var batch = new DocumentBatch(partition, operations);
        return Database.WriteAsync(session => batch.Apply(session, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueDocument>> DueAsync(DueQuery query, CancellationToken cancellationToken)
    {
        StoreLimits.DemandPageSize(query.Limit);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Database.Read(session => DocumentsDue.Read(session, query, Now)));
    }

    /// <inheritdoc/>
    public Task<bool> ScrubAsync(DateTimeOffset before, CancellationToken cancellationToken) => Database.ScrubAsync(before, _time.GetUtcNow(), cancellationToken);

    /// <summary>Waits until every accepted batch is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await _purge.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Removes what has expired, in small writes between those of callers.</summary>
    internal async Task PurgeAsync()
    {
        int purged;
        var any = false;
        do
        {
            purged = await Database.WriteAsync(session => session.Execute(
                "DELETE FROM documents WHERE rowid IN (SELECT rowid FROM documents WHERE expires_at <= $1 LIMIT $2)", Now, (long)PurgeSize),
                CancellationToken.None);
            any |= purged > 0;
        }
        while (purged == PurgeSize);
        if (any)
            Database.TruncateLog();
    }
}
