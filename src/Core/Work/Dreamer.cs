using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Consolidates one pair: merges duplicates with their sources, adds patterns, refreshes the card.</summary>
internal sealed class Dreamer(IDocumentStore store, IReasoner reasoner, ConclusionIndex index, PeerCards cards, TimeProvider time)
{
    private const int MaxConclusions = 5_000;

    /// <summary>A report of two statements is none itself.</summary>
    private static readonly Condition Statements = new Condition.Compare(Field.Text("level"), Comparison.NotEqual, Levels.Contradiction);

    public async Task RunAsync(Partition pair, CancellationToken cancellationToken)
    {
        var dream = await store.FindAsync(pair, Dream.Id, DocumentJson.Default.Dream, cancellationToken) ?? new Dream();
        var current = await CurrentAsync(pair, cancellationToken);
        var request = new ConsolidationRequest(
            pair.Workspace,
            pair.Second!,
            pair.Third!,
            [.. current.Values.Select(held => held.Conclusion).Select(conclusion => new RecalledConclusion(
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
        await cards.AddAsync(pair, [.. current.Values.Select(held => held.Conclusion).OrderBy(conclusion => conclusion.SaidAt)], dream.RebuildCard, cancellationToken);
        await store.ChangeAsync(
            pair,
            Dream.Id,
            DocumentJson.Default.Dream,
            state => (state ?? new Dream()) with { Asked = false, RebuildCard = false, DueAt = state?.Unindexed.Count > 0 ? state.DueAt : null, LastRunAt = time.GetUtcNow() },
            cancellationToken);
    }

    private async Task<Dictionary<string, Held>> CurrentAsync(Partition pair, CancellationToken cancellationToken)
    {
        var conclusions = new Dictionary<string, Held>();
        await foreach (var document in store.AllAsync(pair, new Query("conclusion") { Where = Stored.And(Clocks.Now.Holding, Statements) }, cancellationToken))
        {
            conclusions[document.Id] = new Held(document.As(DocumentJson.Default.Conclusion), document.ETag);
            if (conclusions.Count == MaxConclusions)
                break;
        }

        return conclusions;
    }

    private async Task MergeAsync(Partition pair, Dictionary<string, Held> current, Consolidation.Merge merge, CancellationToken cancellationToken)
    {
        // What a person wrote or pinned, and what others link to, is never merged away: others are merged into it.
        Held[] group =
        [
            .. merge.DuplicateIds.Prepend(merge.KeptId).Distinct().Where(current.ContainsKey).Select(id => current[id])
                .OrderByDescending(held => held.Conclusion.IsProtected).ThenByDescending(held => held.Conclusion.IsLinked),
        ];
        Held[] duplicates = [.. group.Skip(1).Where(held => held.Conclusion is { IsProtected: false, IsLinked: false }).Take(StoreLimits.BatchOperations - 1)];
        if (duplicates.Length == 0 || !current.ContainsKey(merge.KeptId))
            return;

        var kept = group[0];
        var merged = duplicates.Aggregate(kept.Conclusion, (into, duplicate) => into.Absorb(duplicate.Conclusion));
        Operation[] operations =
        [
            new Operation.Replace(merged.Id, Stored.Body(merged, DocumentJson.Default.Conclusion), kept.ETag),
            .. duplicates.Select(duplicate => new Operation.Delete(duplicate.Conclusion.Id, duplicate.ETag)),
        ];

        // Somebody changed one of them while the dream went on: the next dream sees it.
        if (!(await store.ExecuteAsync(pair, operations, cancellationToken)).Applied)
            return;

        await index.RemoveAsync(pair.Workspace, [.. duplicates.Select(duplicate => duplicate.Conclusion.Id)], cancellationToken);
        foreach (var duplicate in duplicates)
            current.Remove(duplicate.Conclusion.Id);
        var document = await store.ReadAsync(pair, merged.Id, cancellationToken);
        current[merged.Id] = new Held(merged, document?.ETag ?? kept.ETag);
    }

    private async Task AddAsync(Partition pair, Dictionary<string, Held> current, Consolidation.Pattern pattern, CancellationToken cancellationToken)
    {
        var sources = pattern.SourceIds.Distinct().Where(current.ContainsKey).Select(id => current[id].Conclusion).ToArray();
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
        // A pattern that a person corrected, pinned or retracted stays as it is; without that it is counted anew.
        var document = await store.ReadAsync(pair, conclusion.Id, cancellationToken);
        if (document?.As(DocumentJson.Default.Conclusion) is { } known && (known.IsProtected || !known.IsCurrent))
            return;
        var body = Stored.Body(conclusion, DocumentJson.Default.Conclusion);
        Operation write = document is null ? new Operation.Create(conclusion.Id, body) : new Operation.Replace(conclusion.Id, body, document.ETag);
        if ((await store.ExecuteAsync(pair, [write], cancellationToken)).Applied)
            await index.AddAsync([conclusion], cancellationToken);
    }

    private readonly record struct Held(Conclusion Conclusion, string ETag);
}
