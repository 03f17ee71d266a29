using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Turns the proposals of a dream into changes of one pair's memory, each from what is stored at that moment. What people wrote or pinned stays as it is.</summary>
internal sealed class DreamChanges(IDocumentStore store, Partition pair, Consolidation answer, TimeProvider time)
{
    /// <summary>Leaves room in a batch for the kept one, the patterns that cite a duplicate, and the record of the run.</summary>
    private const int MostDuplicates = StoreLimits.BatchOperations / 2;

    private const int MostCiting = (StoreLimits.BatchOperations / 2) - 2;

    /// <summary>What the answer merges, by each of its members.</summary>
    private readonly ILookup<string, string> _merged = answer.Merges
        .SelectMany(merge => merge.Names().SelectMany(_ => merge.Names(), (member, other) => (member, other)))
        .ToLookup(pair => pair.member, pair => pair.other);

    /// <summary>Null when the proposal does not hold any more, or never did.</summary>
    public Task<DreamChange?> OfAsync(Consolidation.Proposal proposal, CancellationToken cancellationToken) => proposal switch
    {
        Consolidation.Merge merge => MergeAsync(merge, cancellationToken),
        Consolidation.Supersession supersession => SupersedeAsync(supersession, cancellationToken),
        Consolidation.Contradiction contradiction => ContradictAsync(contradiction, cancellationToken),
        Consolidation.Pattern pattern => AddAsync(pattern, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(proposal)),
    };

    /// <summary>Every conclusion whose index entry the proposal may have changed.</summary>
    public async Task<IReadOnlyCollection<string>> TouchedAsync(Consolidation.Proposal proposal, CancellationToken cancellationToken)
    {
        if (proposal is Consolidation.Pattern pattern)
            return [IdOf(pattern)];

        var documents = await ReadAsync(proposal.Names(), cancellationToken);
        return [.. Aliases(proposal.Names()).Concat(documents.Values.SelectMany(document => Contradiction.IdsOf(document.As(DocumentJson.Default.Conclusion)))).Distinct()];
    }

    private async Task<DreamChange?> MergeAsync(Consolidation.Merge merge, CancellationToken cancellationToken)
    {
        var documents = await ReadAsync(merge.Names(), cancellationToken);

        // What a person wrote or pinned, and what others link to, is never merged away: others are merged into it.
        var group = merge.Names().Distinct().Where(documents.ContainsKey).Select(id => documents[id].As(DocumentJson.Default.Conclusion)).Where(IsMergeable)
            .OrderByDescending(conclusion => conclusion.IsProtected).ThenByDescending(conclusion => conclusion.IsLinked).ToArray();
        var duplicates = group.Skip(1).Where(conclusion => conclusion is { IsProtected: false, IsLinked: false }).Take(MostDuplicates).ToArray();
        if (duplicates.Length == 0)
            return null;

        var merged = duplicates.Aggregate(group[0], (into, duplicate) => into.Absorb(duplicate));
        var gone = duplicates.Select(duplicate => duplicate.Id).ToHashSet();
        var citing = await CitingAsync(gone, cancellationToken);
        return new DreamChange(
            [
                Replace(merged, documents[merged.Id]),
                .. duplicates.Select(duplicate => new Operation.Delete(duplicate.Id, documents[duplicate.Id].ETag)),
                .. citing.Select(document => Replace(Recite(document.As(DocumentJson.Default.Conclusion), gone, merged.Id), document)),
            ],
            [merged.Id, .. gone],
            new DreamTally(Merged: duplicates.Length));
    }

    private async Task<DreamChange?> SupersedeAsync(Consolidation.Supersession supersession, CancellationToken cancellationToken)
    {
        var documents = await ReadLinkedAsync([supersession.OlderId, supersession.NewerId], cancellationToken);
        var draft = new MemoryDraft(documents.Values);
        return Survivor(supersession.OlderId, documents) is { } older && Survivor(supersession.NewerId, documents) is { } newer && older != newer
            && draft.Supersede(older, newer, time.GetUtcNow())
            ? Change(draft, new DreamTally(Superseded: 1))
            : null;
    }

    private async Task<DreamChange?> ContradictAsync(Consolidation.Contradiction contradiction, CancellationToken cancellationToken)
    {
        var documents = await ReadLinkedAsync([contradiction.OneId, contradiction.OtherId], cancellationToken);
        var draft = new MemoryDraft(documents.Values);
        return Survivor(contradiction.OneId, documents) is { } one && Survivor(contradiction.OtherId, documents) is { } other && one != other
            && draft.Contradict(one, other, contradiction.Reason, time.GetUtcNow())
            ? Change(draft, new DreamTally(Contradictions: 1))
            : null;
    }

    private async Task<DreamChange?> AddAsync(Consolidation.Pattern pattern, CancellationToken cancellationToken)
    {
        var id = IdOf(pattern);
        var documents = await ReadAsync([id, .. pattern.SourceIds], cancellationToken);
        var known = documents.GetValueOrDefault(id)?.As(DocumentJson.Default.Conclusion);
        Conclusion[] sources =
        [
            .. pattern.SourceIds.Select(source => Survivor(source, documents)).OfType<string>().Distinct().Where(source => source != id)
                .Select(source => documents[source].As(DocumentJson.Default.Conclusion)).Where(source => source.IsCurrent).Take(MostCiting),
        ];
        string[] messages = [.. sources.SelectMany(source => source.MessageIds).Distinct()];
        var evidence = Math.Max(sources.Length, messages.Length);

        // A pattern that a person corrected, pinned or retracted stays as it is; without that it is counted anew.
        if (sources.Length == 0 || evidence < 2 || known is { IsProtected: true } or { IsCurrent: false })
            return null;
        if (known?.Content == pattern.Content && known.MessageIds.SequenceEqual(messages) && known.SourceIds.SequenceEqual(sources.Select(source => source.Id)))
            return null;

        var found = new Conclusion
        {
            Id = id,
            WorkspaceId = pair.Workspace,
            Observer = pair.Second!,
            Observed = pair.Third!,
            Content = pattern.Content,
            Level = Levels.Inductive,
            Origin = Origins.Inferred,
            CreatedAt = known?.CreatedAt ?? time.GetUtcNow(),
            SaidAt = sources.Max(source => source.SaidAt),
            MessageIds = messages,
            SourceIds = [.. sources.Select(source => source.Id)],
            Evidence = evidence,
        };
        Operation write = documents.GetValueOrDefault(id) is { } document ? Replace(found, document) : new Operation.Create(id, Stored.Body(found, DocumentJson.Default.Conclusion));
        // Nothing is made of a source that is erased meanwhile.
        var unchanged = sources.Select(source => documents[source.Id]).Select(source => new Operation.Replace(source.Id, source.Body, source.ETag));
        return new DreamChange([write, .. unchanged], [id], new DreamTally(Patterns: 1));
    }

    private static DreamChange Change(MemoryDraft draft, DreamTally tally) => new(draft.Operations, [.. draft.Touched.Select(conclusion => conclusion.Id)], tally);

    private static Operation.Replace Replace(Conclusion conclusion, Document document) =>
        new(conclusion.Id, Stored.Body(conclusion, DocumentJson.Default.Conclusion), document.ETag);

    private static bool IsMergeable(Conclusion conclusion) => conclusion.IsCurrent && conclusion.Level != Levels.Contradiction;

    private static Conclusion Recite(Conclusion citing, HashSet<string> gone, string kept) =>
        citing with { SourceIds = [.. citing.SourceIds.Select(source => gone.Contains(source) ? kept : source).Distinct()] };

    private string IdOf(Consolidation.Pattern pattern) =>
        Ids.Of(pair.Workspace, pair.Second!, pair.Third!, Levels.Inductive, pattern.Key ?? pattern.Content.Trim().ToLowerInvariant());

    private IEnumerable<string> Aliases(IEnumerable<string> ids) => ids.SelectMany(id => _merged[id].Prepend(id)).Distinct();

    private IEnumerable<string> Reports(Consolidation.Contradiction contradiction) =>
        Aliases([contradiction.OneId]).SelectMany(_ => Aliases([contradiction.OtherId]), Contradiction.IdOf);

    /// <summary>The conclusion itself or the one it was merged into.</summary>
    private string? Survivor(string id, Dictionary<string, Document> documents) =>
        documents.ContainsKey(id) ? id : _merged[id].FirstOrDefault(documents.ContainsKey);

    private async Task<Dictionary<string, Document>> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, Document>();
        foreach (var page in Aliases(ids).Chunk(StoreLimits.PageSize))
        {
            foreach (var document in (await store.QueryAsync(pair, new Query("conclusion") { Ids = page }, cancellationToken)).Items)
                documents[document.Id] = document;
        }

        return documents;
    }

    /// <summary>With the reports of contradictions, which may end with one of them.</summary>
    private async Task<Dictionary<string, Document>> ReadLinkedAsync(string[] ids, CancellationToken cancellationToken)
    {
        var documents = await ReadAsync(ids, cancellationToken);
        string[] reports = [.. documents.Values.SelectMany(document => Contradiction.IdsOf(document.As(DocumentJson.Default.Conclusion))).Concat(Reports(new(ids[0], ids[1], null))).Distinct().Take(StoreLimits.PageSize)];
        foreach (var report in (await store.QueryAsync(pair, new Query("conclusion") { Ids = reports }, cancellationToken)).Items)
            documents[report.Id] = report;
        return documents;
    }

    private async Task<IReadOnlyList<Document>> CitingAsync(HashSet<string> gone, CancellationToken cancellationToken)
    {
        var citing = new List<Document>();
        var patterns = new Query("conclusion") { Where = new Condition.Compare(Field.Text("level"), Comparison.Equal, Levels.Inductive) };
        await foreach (var document in store.AllAsync(pair, patterns, cancellationToken))
        {
            if (!gone.Contains(document.Id) && citing.Count < MostCiting && document.As(DocumentJson.Default.Conclusion).SourceIds.Any(gone.Contains))
                citing.Add(document);
        }

        return citing;
    }
}
