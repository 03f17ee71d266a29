using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>
/// Takes conclusions out of a pair's memory as if they had never been there: what only they had ended holds again, reports and patterns that rested on
/// them go too, and so do their card lines and index entries. Safe to repeat.
/// </summary>
internal sealed class Removals(IDocumentStore store, IndexedWrites writes, ConclusionIndex index, PeerCards cards)
{
    /// <summary>A pattern over fewer is none.</summary>
    private const int FewestSources = 2;

    /// <summary>Of each kind of neighbour of one conclusion; a few in practice, and together within a batch.</summary>
    private const int MostNeighbours = 30;

    /// <summary>Ids that are gone already are ignored. Whether a pattern lost something that it rested on.</summary>
    /// <param name="erases">No word that may come from them is left: all that rests on them goes, whatever else it rests on.</param>
    public async Task<bool> RemoveAsync(Partition pair, IReadOnlyCollection<string> ids, bool erases, CancellationToken cancellationToken)
    {
        var waiting = new Queue<string>(ids);
        var gone = new HashSet<string>();
        var written = new Dictionary<string, Conclusion>();
        var brokePattern = false;
        while (waiting.TryDequeue(out var id))
        {
            if (!gone.Add(id))
                continue;
            foreach (var resting in await RemoveAsync(pair, id, erases, written, cancellationToken))
            {
                brokePattern |= resting.Level == Levels.Inductive;
                if (Left(resting, gone, erases) is null)
                    waiting.Enqueue(resting.Id);
            }
        }

        if (gone.Count > 0)
            await cards.ReplaceAsync(pair, gone, [.. written.Values.Where(conclusion => !gone.Contains(conclusion.Id))], cancellationToken);
        return brokePattern;
    }

    /// <summary>Removes one, and returns what rested on it.</summary>
    private async Task<IReadOnlyList<Conclusion>> RemoveAsync(Partition pair, string id, bool erases, Dictionary<string, Conclusion> written, CancellationToken cancellationToken)
    {
        IReadOnlyList<Document> resting = [];
        foreach (var neighbour in await writes.WriteAsync(pair, PlanAsync, cancellationToken))
            written[neighbour.Id] = neighbour;
        // Even when it was gone before: a death may have left its entry.
        await index.RemoveAsync(pair.Workspace, [id], cancellationToken);
        return [.. resting.Select(document => document.As(DocumentJson.Default.Conclusion))];

        async Task<IReadOnlyList<IndexedWrites.Change>> PlanAsync()
        {
            resting = await RestingAsync(pair, id, cancellationToken);
            if (await store.ReadAsync(pair, id, cancellationToken) is not { } document)
                return [];

            var removed = document.As(DocumentJson.Default.Conclusion);
            var draft = new Draft([.. await NeighboursAsync(pair, removed, cancellationToken), .. resting]);
            Unlink(draft, removed);
            foreach (var one in resting.Select(each => draft[each.Id]!))
            {
                if (Left(one, [id], erases) is { } left)
                    draft.Put(left);
            }

            return [new(removed, document.ETag, IsRemoval: true), .. draft.Changes];
        }
    }

    private async Task<IEnumerable<Document>> NeighboursAsync(Partition pair, Conclusion removed, CancellationToken cancellationToken)
    {
        string[] linked = [.. removed.Supersedes.Concat(removed.Contradicts).Take(MostNeighbours), .. new[] { removed.SupersededBy }.OfType<string>()];
        var neighbours = linked.Length == 0 ? [] : (await store.QueryAsync(pair, new Query("conclusion") { Ids = [.. linked.Distinct()] }, cancellationToken)).Items;
        if (removed is not { Slot: { } slot, Supersedes.Count: > 0 })
            return neighbours;

        // What it ended may have been ended by another value just as well.
        var holders = new Query("conclusion") { Where = new Condition.All(new Condition.Compare(Field.Text("slot"), Comparison.Equal, slot), Clocks.Now.Holding), Limit = MostNeighbours / 2 };
        return neighbours.Concat((await store.QueryAsync(pair, holders, cancellationToken)).Items).Where(document => document.Id != removed.Id).DistinctBy(document => document.Id);
    }

    private async Task<IReadOnlyList<Document>> RestingAsync(Partition pair, string id, CancellationToken cancellationToken) =>
        (await store.QueryAsync(pair, new Query("conclusion") { Where = new Condition.Includes(Field.TextList("sourceIds"), id), Limit = MostNeighbours }, cancellationToken)).Items;

    private static void Unlink(Draft draft, Conclusion removed)
    {
        foreach (var rival in draft.All.Where(one => one.Contradicts.Contains(removed.Id)).ToArray())
            draft.Put(rival with { Contradicts = [.. rival.Contradicts.Where(id => id != removed.Id)] });

        var successor = removed.SupersededBy is { } newer && draft[newer] is { RetractedAt: null } found ? found : null;
        foreach (var older in draft.All.Where(one => one.SupersededBy == removed.Id).ToArray())
        {
            var next = successor ?? draft.All
                .Where(one => removed.Slot is not null && one.IsCurrent && one.Slot == removed.Slot && Succession.IsLater(one, older))
                .MinBy(one => one.Since);
            if (older.RetractedAt is not null)
                draft.Put(older with { SupersededBy = null });
            else if (next is null || next.Content == older.Content)
                draft.Put(Succession.Reopened(older));
            else
            {
                draft.Put(Succession.Ended(older, next));
                draft.Put(draft[next.Id]! with { Supersedes = [.. draft[next.Id]!.Supersedes.Union([older.Id])] });
            }
        }

        foreach (var later in draft.All.Where(one => one.Supersedes.Contains(removed.Id)).ToArray())
            draft.Put(later with { Supersedes = [.. later.Supersedes.Where(id => id != removed.Id)] });
    }

    /// <summary>What is left of a conclusion without some that it rests on; null when it goes with them.</summary>
    private static Conclusion? Left(Conclusion resting, HashSet<string> gone, bool erases)
    {
        string[] sources = [.. resting.SourceIds.Except(gone)];
        return !erases && sources.Length >= (resting.Level == Levels.Inductive ? FewestSources : 1) && resting.Level != Levels.Contradiction
            ? resting with { SourceIds = sources }
            : null;
    }

    /// <summary>Neighbours as they are stored, and as they will be.</summary>
    private sealed class Draft
    {
        private readonly Dictionary<string, Conclusion> _conclusions = [];
        private readonly Dictionary<string, string> _etags = [];
        private readonly HashSet<string> _changed = [];

        public Draft(IEnumerable<Document> documents)
        {
            foreach (var document in documents.Where(document => _etags.TryAdd(document.Id, document.ETag)))
                _conclusions[document.Id] = document.As(DocumentJson.Default.Conclusion);
        }

        public IEnumerable<Conclusion> All => _conclusions.Values;

        public IEnumerable<IndexedWrites.Change> Changes => _changed.Select(id => new IndexedWrites.Change(_conclusions[id], _etags[id]));

        public Conclusion? this[string id] => _conclusions.GetValueOrDefault(id);

        public void Put(Conclusion conclusion)
        {
            _conclusions[conclusion.Id] = conclusion;
            _changed.Add(conclusion.Id);
        }
    }
}
