using Kith.Azure.Recall;
using Kith.Core;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Functions.Work;

/// <summary>Finds in the store what is due and has it worked on, whatever became of the hints.</summary>
public sealed class Sweep(KithEngine engine, IRecallIndex index, IWorkQueue queue, TimeProvider time)
{
    /// <summary>What the store gives at a time; what is left is due in the next run too, and then comes first.</summary>
    private const int Limit = 1_000;

    private volatile bool _isPrepared;

    /// <param name="containers">Where to look.</param>
    public async Task RunAsync(IReadOnlyCollection<Container> containers, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var due = await engine.Store.DueAsync(null, time.GetUtcNow(), Limit, cancellationToken);
        foreach (var place in due.Select(document => document.Partition).Where(place => containers.Contains(place.Container)).Distinct())
            await queue.EnqueueAsync(new WorkHint(place), TimeSpan.Zero, cancellationToken);
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
