using Kith.Azure.Recall;
using Kith.Core;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Functions.Work;

/// <summary>Finds in the store what is due and has it worked on, whatever became of the hints.</summary>
public sealed class Sweep(KithEngine engine, IRecallIndex index, IWorkQueue queue, TimeProvider time)
{
    /// <summary>Hints on their way to the queue at the same time.</summary>
    private const int MostAtOnce = 16;

    private volatile bool _isPrepared;

    /// <param name="containers">Where to look.</param>
    public async Task RunAsync(IReadOnlyCollection<Container> containers, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var due = engine.Store.AllDueAsync(new DueQuery(time.GetUtcNow()) { Containers = containers }, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            due.Select(document => document.Partition).Distinct(),
            parallel,
            async (place, cancelled) => await queue.EnqueueAsync(new WorkHint(place), TimeSpan.Zero, cancelled));
    }

    /// <summary>Once in a process, here and not at its start, which a request may wait for.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared)
            return;
        if (index is SearchRecallIndex search)
            await search.EnsureCreatedAsync(cancellationToken);
        await engine.EmbeddingModels.NoticeAsync(cancellationToken);
        _isPrepared = true;
    }
}
