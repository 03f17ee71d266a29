using System.Threading.Channels;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Local.Work;

/// <summary>Hints within the process. A hint that is already waiting is not queued twice; what a crash loses the sweep finds.</summary>
public sealed class LocalWorkQueue(TimeProvider time) : IWorkQueue
{
    private readonly Channel<Partition> _hints = Channel.CreateUnbounded<Partition>();
    private readonly Channel<Partition> _calls = Channel.CreateUnbounded<Partition>();
    private readonly HashSet<Partition> _waiting = [];

    public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay > TimeSpan.Zero)
            _ = EnqueueLaterAsync(hint.Partition, delay);
        else
            Enqueue(hint.Partition);
        return Task.CompletedTask;
    }

    /// <summary>The next place to look at. From here on a new hint for it is queued again.</summary>
    /// <param name="calls">A place whose work is to wait for others; otherwise one whose work is done here.</param>
    public async ValueTask<Partition> DequeueAsync(bool calls, CancellationToken cancellationToken)
    {
        var partition = await (calls ? _calls : _hints).Reader.ReadAsync(cancellationToken);
        lock (_waiting)
            _waiting.Remove(partition);
        return partition;
    }

    private void Enqueue(Partition partition)
    {
        lock (_waiting)
        {
            if (_waiting.Add(partition))
                (partition.Container == Container.Work ? _calls : _hints).Writer.TryWrite(partition);
        }
    }

    private async Task EnqueueLaterAsync(Partition partition, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Enqueue(partition);
    }
}
