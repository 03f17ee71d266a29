namespace Kith.Core.Storage;

/// <summary>
/// Repeats changes that somebody else was faster with. Who lost once takes turns with the others in this process that did: of many that went on competing,
/// some would lose every time. Two things share a turn by chance only, so an attempt must not take another turn of the same kind.
/// </summary>
internal sealed class Turns
{
    private const int Attempts = 64;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 1_024).Select(_ => new SemaphoreSlim(1))];

    /// <param name="attempt">Says whether it is done, and with what.</param>
    /// <exception cref="KithException">Unavailable: other processes were faster every time.</exception>
    public async Task<T> RepeatAsync<T>(Partition partition, string id, Func<Task<(bool IsDone, T Result)>> attempt, CancellationToken cancellationToken)
    {
        if (await attempt() is (true, var first))
            return first;

        var turn = _turns[(uint)HashCode.Combine(partition, id) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempts = 1; attempts < Attempts; attempts++)
            {
                if (await attempt() is (true, var result))
                    return result;
            }
        }
        finally
        {
            turn.Release();
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change the same thing at once; try again.");
    }
}
