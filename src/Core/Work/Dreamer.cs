using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Consolidates one pair: merges duplicates with their sources, adds patterns, refreshes the card.</summary>
internal sealed class Dreamer(IDocumentStore store, IReasoner reasoner, ConclusionIndex index, PeerCards cards, TimeProvider time)
{
    private const int MaxConclusions = 5_000;

    public async Task RunAsync(Partition pair, CancellationToken cancellationToken)
    {
        var dream = await store.FindAsync(pair, Dream.Id, DocumentJson.Default.Dream, cancellationToken) ?? new Dream();
        var current = await CurrentAsync(pair, cancellationToken);
        var request = new ConsolidationRequest(
            pair.Workspace,
            pair.Second!,
            pair.Third!,
            [.. current.Values.Select(conclusion => new RecalledConclusion(
                conclusion.Id,
                conclusion.Content,
                conclusion.Level,
                conclusion.SaidAt,
                conclusion.SessionId,
                conclusion.MessageIds,
                0,
                null))]);
        var proposal = await reasoner.ConsolidateAsync(request, cancellationToken);
        foreach (var merge in proposal.Merges)
            await MergeAsync(pair, current, merge, cancellationToken);
        foreach (var pattern in proposal.Patterns)
            await AddAsync(pair, current, pattern, cancellationToken);
        await cards.AddAsync(pair, [.. current.Values.OrderBy(conclusion => conclusion.SaidAt)], dream.RebuildCard, cancellationToken);
        await store.ChangeAsync(
            pair,
            Dream.Id,
            DocumentJson.Default.Dream,
            state => (state ?? new Dream()) with { Asked = false, RebuildCard = false, DueAt = state?.Unindexed.Count > 0 ? state.DueAt : null, LastRunAt = time.GetUtcNow() },
            cancellationToken);
    }

    private async Task<Dictionary<string, Conclusion>> CurrentAsync(Partition pair, CancellationToken cancellationToken)
    {
        var conclusions = new Dictionary<string, Conclusion>();
        await foreach (var document in store.AllAsync(pair, new Query("conclusion") { Where = Conclusions.Current }, cancellationToken))
        {
            conclusions[document.Id] = document.As(DocumentJson.Default.Conclusion);
            if (conclusions.Count == MaxConclusions)
                break;
        }

        return conclusions;
    }

    private async Task MergeAsync(Partition pair, Dictionary<string, Conclusion> current, Consolidation.Merge merge, CancellationToken cancellationToken)
    {
        // What a person wrote is never merged away.
        var duplicates = merge.DuplicateIds
            .Where(id => id != merge.KeptId)
            .Select(id => current.GetValueOrDefault(id))
            .OfType<Conclusion>()
            .Where(conclusion => conclusion.Origin != Origins.Human)
            .ToArray();
        if (duplicates.Length == 0 || !current.TryGetValue(merge.KeptId, out var kept))
            return;

        var merged = kept with
        {
            MessageIds = [.. duplicates.Aggregate(kept.MessageIds.AsEnumerable(), (ids, duplicate) => ids.Union(duplicate.MessageIds))],
            TimesDerived = kept.TimesDerived + duplicates.Sum(duplicate => duplicate.TimesDerived),
        };
        foreach (var chunk in duplicates.Chunk(StoreLimits.BatchOperations - 1))
        {
            Operation[] operations =
            [
                new Operation.Upsert(merged.Id, Stored.Body(merged, DocumentJson.Default.Conclusion)),
                .. chunk.Select(duplicate => new Operation.Delete(duplicate.Id)),
            ];
            await store.ExecuteAsync(pair, operations, cancellationToken);
        }

        await index.RemoveAsync(pair.Workspace, [.. duplicates.Select(duplicate => duplicate.Id)], cancellationToken);
        current[merged.Id] = merged;
        foreach (var duplicate in duplicates)
            current.Remove(duplicate.Id);
    }

    private async Task AddAsync(Partition pair, Dictionary<string, Conclusion> current, Consolidation.Pattern pattern, CancellationToken cancellationToken)
    {
        var sources = pattern.SourceIds.Distinct().Where(current.ContainsKey).Select(id => current[id]).ToArray();
        if (sources.Length < 2)
            return;

        var conclusion = new Conclusion
        {
            Id = Ids.Of(pair.Workspace, pair.Second!, pair.Third!, Levels.Inductive, pattern.Content.Trim().ToLowerInvariant()),
            WorkspaceId = pair.Workspace,
            Observer = pair.Second!,
            Observed = pair.Third!,
            Content = pattern.Content,
            Level = Levels.Inductive,
            Origin = Origins.Inferred,
            CreatedAt = time.GetUtcNow(),
            SaidAt = sources.Max(source => source.SaidAt),
            MessageIds = [.. sources.SelectMany(source => source.MessageIds).Distinct()],
            SourceIds = [.. sources.Select(source => source.Id)],
            TimesDerived = 1,
        };
        await store.PutAsync(pair, conclusion.Id, conclusion, DocumentJson.Default.Conclusion, cancellationToken);
        await index.AddAsync([conclusion], cancellationToken);
    }
}
