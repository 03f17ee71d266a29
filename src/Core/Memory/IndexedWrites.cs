using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Memory;

/// <summary>
/// Writes conclusions outside the pipeline. The pair's state names them as unindexed in the same batch, so that a death before the
/// index write is repaired by the worker.
/// </summary>
internal sealed class IndexedWrites(IDocumentStore store, ConclusionIndex index, DreamNotes notes, TimeProvider time)
{
    private const int Attempts = 16;

    /// <summary>What a call writes: new where it has no etag.</summary>
    public readonly record struct Change(Conclusion Conclusion, string? ETag = null, bool IsRemoval = false);

    /// <param name="plan">Reads what there is and says what becomes of it; asked again when somebody else was faster.</param>
    public async Task<IReadOnlyList<Conclusion>> WriteAsync(Partition pair, Func<Task<IReadOnlyList<Change>>> plan, CancellationToken cancellationToken)
    {
        var written = await StoreAsync(pair, plan, cancellationToken);
        if (written.Count == 0)
            return written;
        try
        {
            await index.AddAsync(written, cancellationToken);
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            // Stored and noted: the worker indexes them when the embedding model is back.
            return written;
        }

        await MarkIndexedAsync(pair, [.. written.Select(conclusion => conclusion.Id)], cancellationToken);
        return written;
    }

    /// <summary>Repeats the index entries of conclusions whose writer may have died before making them.</summary>
    public async Task RepairAsync(Partition pair, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var query = new Query("conclusion") { Ids = ids, Limit = StoreLimits.PageSize };
        var found = await store.QueryAsync(pair, query, cancellationToken);
        await index.AddAsync([.. found.Items.Select(document => document.As(DocumentJson.Default.Conclusion))], cancellationToken);
        await MarkIndexedAsync(pair, ids, cancellationToken);
    }

    private async Task<IReadOnlyList<Conclusion>> StoreAsync(Partition pair, Func<Task<IReadOnlyList<Change>>> plan, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var changes = await plan();
            if (changes.Count == 0)
                return [];

            Conclusion[] written = [.. changes.Where(change => !change.IsRemoval).Select(change => change.Conclusion)];
            Operation[] operations = [.. changes.Select(Write)];
            var fresh = changes.Count(change => change is { ETag: null, IsRemoval: false, Conclusion.Level: Levels.Explicit });
            if (written.Length == 0 ? await notes.WriteAsync(pair, operations, fresh, known: null, cancellationToken) : await notes.WriteAsync(pair, operations, Note, cancellationToken))
                return written;

            Dream Note(Dream current) => notes.Count(pair, current, fresh) with
            {
                Unindexed = [.. current.Unindexed.Union(written.Select(conclusion => conclusion.Id))],
                RepairAt = current.RepairAt ?? time.GetUtcNow() + Due.ProjectionGrace,
            };
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change this memory at once; try again.");
    }

    private static Operation Write(Change change)
    {
        if (change.IsRemoval)
            return new Operation.Delete(change.Conclusion.Id, change.ETag);
        var body = Stored.Body(change.Conclusion, DocumentJson.Default.Conclusion);
        return Operation.Write(change.Conclusion.Id, body, change.ETag);
    }

    private Task MarkIndexedAsync(Partition pair, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        return notes.ChangeAsync(pair, Mark, cancellationToken);

        Dream? Mark(Dream? current)
        {
            if (current is null)
                return null;
            string[] left = [.. current.Unindexed.Except(ids)];
            return current with { Unindexed = left, RepairAt = left.Length == 0 ? null : current.RepairAt };
        }
    }
}
