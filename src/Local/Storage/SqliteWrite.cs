using Kith.Core;
using Microsoft.Data.Sqlite;

namespace Kith.Local.Storage;

/// <summary>One caller's work in the writer's queue: runs in a savepoint of a shared transaction, and is answered after its commit.</summary>
internal abstract class SqliteWrite
{
    public abstract void Run(SqliteSession session);

    /// <summary>The shared transaction is on disk.</summary>
    public abstract void Committed();

    /// <summary>The shared transaction was rolled back.</summary>
    public abstract void Failed(KithException exception);
}

/// <inheritdoc/>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _error;

    public Task<T> Completion => _completion.Task;

    public override void Run(SqliteSession session)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _error = new OperationCanceledException(cancellationToken);
            return;
        }
        session.Execute("SAVEPOINT one_write");
        try
        {
            _result = work(session);
        }
        // Not swallowed but handed to the caller whose work it is.
        catch (Exception exception)
        {
            _error = exception is SqliteException ? SqliteDatabase.Unavailable(exception) : exception;
            // SQLite has ended the whole transaction (disk full): the failure is everybody's.
            if (!session.InTransaction)
                throw SqliteDatabase.Unavailable(exception);
            session.Execute("ROLLBACK TO one_write");
        }
        session.Execute("RELEASE one_write");
    }

    public override void Committed()
    {
        if (_error is null)
            _completion.TrySetResult(_result);
        else
            _completion.TrySetException(_error);
    }

    public override void Failed(KithException exception) => _completion.TrySetException(_error ?? exception);
}
