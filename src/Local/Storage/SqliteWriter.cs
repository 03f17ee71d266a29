using System.Globalization;
using System.Threading.Channels;
using Kith.Core;
using Microsoft.Data.Sqlite;

namespace Kith.Local.Storage;

/// <summary>
/// The only writer of a database: one thread that takes whatever is waiting, runs it in one transaction and answers all callers after
/// one commit, so that the price of an fsync is shared by everybody who waited for the one before.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int GroupSize = 256;
    private const int QueueLength = 4096;

    private readonly Channel<SqliteWrite> _queue =
        Channel.CreateBounded<SqliteWrite>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteSession _session;
    private volatile bool _truncateLog;
    private volatile bool _rewrite;
    private volatile bool _isRewritten;

    /// <param name="session">The read-write session; the writer disposes it.</param>
    public SqliteWriter(SqliteSession session)
    {
        _session = session;
        // A thread of its own: it blocks in fsync, and must not take one from the pool.
        new Thread(Run) { Name = "Kith SQLite writer", IsBackground = true }.Start();
    }

    /// <summary>Answers after the commit that includes the work. A cancelled call may still have been applied.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var write = new SqliteWrite<T>(work, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase));
        }
        return await write.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>Empties the write-ahead log after the next group, so that deleted content does not linger in it.</summary>
    public void TruncateLog() => _truncateLog = true;

    /// <summary>
    /// Writes the file anew, without anything that was deleted: overwriting it (<c>secure_delete</c>) misses the copies that a b-tree leaves between its
    /// cells when it moves them to other pages. False when a reader kept the log from being emptied.
    /// </summary>
    public async Task<bool> RewriteAsync(CancellationToken cancellationToken)
    {
        _rewrite = true;
        // It is done after the group of the first, and before that of the second.
        for (var i = 0; i < 2; i++)
            await WriteAsync<object?>(_ => null, cancellationToken);
        return _isRewritten;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stopped.Task;
    }

    private void Run()
    {
        var group = new List<SqliteWrite>(GroupSize);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < GroupSize && _queue.Reader.TryRead(out var write))
                group.Add(write);
            Commit(group);
            group.Clear();
            if (_rewrite)
                Rewrite();
            else if (_truncateLog)
                EmptyLog();
        }
        EmptyLog();
        _session.Dispose();
        _stopped.SetResult();
    }

    private void Commit(List<SqliteWrite> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
                write.Run(_session);
            _session.Execute("COMMIT");
        }
        catch (SqliteException exception)
        {
            Abandon(group, SqliteDatabase.Unavailable(exception));
            return;
        }
        catch (KithException exception)
        {
            Abandon(group, exception);
            return;
        }
        foreach (var write in group)
            write.Committed();
    }

    private void Abandon(List<SqliteWrite> group, KithException exception)
    {
        if (_session.InTransaction)
            _session.Execute("ROLLBACK");
        foreach (var write in group)
            write.Failed(exception);
    }

    private void Rewrite()
    {
        _rewrite = false;
        try
        {
            _session.Execute("VACUUM");
            _isRewritten = EmptyLog();
        }
        catch (SqliteException)
        {
            // Nothing has changed; whoever asked for it asks again.
            _isRewritten = false;
        }
    }

    private bool EmptyLog()
    {
        _truncateLog = false;
        try
        {
            return Convert.ToInt64(_session.Command("PRAGMA wal_checkpoint(TRUNCATE)").ExecuteScalar(), CultureInfo.InvariantCulture) == 0;
        }
        catch (SqliteException)
        {
            // Everything committed is safe in the log; the next attempt empties it.
            return false;
        }
    }
}
