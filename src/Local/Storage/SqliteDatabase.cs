using System.Collections.Concurrent;
using Kith.Core;
using Microsoft.Data.Sqlite;

namespace Kith.Local.Storage;

/// <summary>
/// The database file of a data folder, owned by this process: one writer with group commit, and readers that see the last committed
/// state and never wait for it. The document store and the recall index share it, and with it order and durability.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const string FileName = "kith.db";
    private const string LockName = "kith.lock";

    private const long SmallFile = 64L * 1024 * 1024;
    private static readonly TimeSpan RewritePause = TimeSpan.FromMinutes(10);

    private readonly FileStream _lock;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly string _readerConnection;
    private readonly string _path;
    private DateTimeOffset _rewrittenAt = DateTimeOffset.MinValue;
    private volatile bool _disposed;

    /// <param name="folder">Created when missing. Another process that has it open makes this throw.</param>
    /// <param name="initialise">Runs once on the writing connection, before anything else.</param>
    /// <exception cref="KithException"><see cref="ErrorCode.Unavailable"/></exception>
    public SqliteDatabase(string folder, Action<SqliteSession> initialise)
    {
        _ = SystemSqlite.Version;
        var path = _path = Path.Combine(Path.GetFullPath(folder), FileName);
        _readerConnection = ConnectionString(path, SqliteOpenMode.ReadOnly);
        _lock = Lock(folder);
        try
        {
            _writer = new SqliteWriter(OpenWriter(path, initialise));
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Runs the work on the writer and answers once it is on disk. Throwing undoes this work only.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => _writer.WriteAsync(work, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken) =>
        _writer.WriteAsync<object?>(session =>
        {
            work(session);
            return null;
        }, cancellationToken);

    /// <summary>Runs the work on a read-only connection, on the caller's thread. Each statement sees one committed state.</summary>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            if (!_readers.TryTake(out var session))
                session = new SqliteSession(_readerConnection);
            try
            {
                return work(session);
            }
            finally
            {
                Return(session);
            }
        }
        catch (SqliteException exception)
        {
            throw Unavailable(exception);
        }
    }

    /// <inheritdoc cref="SqliteWriter.TruncateLog"/>
    public void TruncateLog() => _writer.TruncateLog();

    /// <summary>
    /// Leaves nothing of what was deleted before a time in the file and its log. Writers wait while a file is written anew, so a large one is not more often than
    /// every <see cref="RewritePause"/>: false until then.
    /// </summary>
    /// <exception cref="KithException"><see cref="ErrorCode.Unavailable"/>: somebody reads what was there before, or the disk is full.</exception>
    public async Task<bool> ScrubAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = _rewrittenAt;
        if (last > before)
            return true;
        if (last > now - RewritePause && new FileInfo(_path).Length > SmallFile)
            return false;
        if (!await _writer.RewriteAsync(cancellationToken))
            throw new KithException(ErrorCode.Unavailable, "The data file cannot be written anew yet");
        _rewrittenAt = now;
        return true;
    }

    /// <summary>Waits until everything queued is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        CloseReaders();
        await _writer.DisposeAsync();
        _lock.Dispose();
    }

    internal static KithException Unavailable(Exception exception) =>
        new(ErrorCode.Unavailable, $"The store cannot answer: {exception.Message}", exception);

    private static FileStream Lock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            // An advisory lock of the operating system, released however the process ends.
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new KithException(ErrorCode.Unavailable, $"The data folder '{folder}' cannot be used; another process may have it open: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new KithException(ErrorCode.Unavailable, $"The data folder '{folder}' cannot be written: {exception.Message}", exception);
        }
    }

    private static SqliteSession OpenWriter(string path, Action<SqliteSession> initialise)
    {
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(ConnectionString(path, SqliteOpenMode.ReadWriteCreate));
            session.Execute("PRAGMA busy_timeout = 5000");
            session.Execute("PRAGMA journal_mode = WAL");
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA secure_delete = ON");
            initialise(session);
            return session;
        }
        catch (SqliteException exception)
        {
            session?.Dispose();
            throw Unavailable(exception);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Pooling is off because sessions are pooled here, together with their statements.</summary>
    private static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();

    private void Return(SqliteSession session)
    {
        session.Trim();
        _readers.Add(session);
        if (_disposed)
            CloseReaders();
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out var session))
            session.Dispose();
    }
}
