using System.Text.Json;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Recall;

/// <summary>Finds conclusions by text and meaning; the store has the last word on every hit.</summary>
internal sealed class ConclusionRecall(IDocumentStore store, IRecallIndex index, QueryEmbedding embedding, TimeProvider time)
{
    private const int MaxCandidates = 1000;

    /// <summary>Conclusions that an index with a lag may not find yet and that are looked at, newest first.</summary>
    private const int MaxTail = 200;

    /// <summary>In lags: what is embedded and indexed between being stored and being found may be slow, or tried again.</summary>
    private const int TailAge = 6;

    /// <summary>Of those that the clocks show, best first.</summary>
    public async Task<ConclusionMatches> FindAsync(
        RecallScope scope,
        string query,
        int limit,
        double? maxDistance,
        Condition? where,
        Clocks clocks,
        CancellationToken cancellationToken)
    {
        var (model, vector, isOutage) = await embedding.OfAsync(scope.Workspace, query, cancellationToken);
        // Without a vector there is no distance to limit: text has to do.
        var furthest = vector.IsEmpty ? null : maxDistance;
        var levels = scope.Levels ?? Levels.Current;
        // The index keeps the past under a level of its own, so what stood on which level is for the store to say.
        var condition = clocks.IsNow ? Stored.And(clocks.Holding, where) : Stored.And(clocks.Holding, new Condition.In(Field.Text("level"), [.. levels]), where);
        scope = scope with { Levels = clocks.IsNow ? levels : new HashSet<string>(levels) { Levels.Past } };

        var tail = await TailAsync(scope, cancellationToken);
        if (furthest is not null)
            tail = await embedding.OfAsync(scope.Workspace, tail, cancellationToken);
        // A filter is applied after the index: where it takes much away, look further down the ranking.
        for (var candidates = where is null && clocks.IsNow ? limit : Math.Min(MaxCandidates, limit * 5); ; candidates = Math.Min(MaxCandidates, candidates * 5))
        {
            var recall = new RecallQuery(scope) { Text = query, Model = model, Vector = vector, MaxDistance = furthest, VectorOnly = furthest is not null, Limit = candidates, Tail = tail };
            var hits = await index.SearchAsync(recall, cancellationToken);
            var found = await LoadAsync(scope.Workspace, hits, condition, cancellationToken);
            if (found.Count >= limit || hits.Count < candidates || candidates == MaxCandidates)
                return new([.. found.Take(limit)], isOutage);
        }
    }

    /// <summary>As the other one, over several pairs: the best of all of them.</summary>
    /// <param name="scope">Its pair is not looked at.</param>
    public async Task<ConclusionMatches> FindAsync(
        RecallScope scope,
        IReadOnlyList<(string Observer, string Observed)> pairs,
        string query,
        int limit,
        double? maxDistance,
        Clocks clocks,
        CancellationToken cancellationToken)
    {
        var found = new List<ConclusionMatches>();
        foreach (var (observer, observed) in pairs)
            found.Add(await FindAsync(scope with { Observer = observer, Observed = observed }, query, limit, maxDistance, null, clocks, cancellationToken));
        // Places in a ranking compare from one pair to the next as scores do within one.
        return found.Count == 1
            ? found[0]
            : new([.. found.SelectMany(matches => matches.Items).OrderByDescending(match => match.Hit.Score).Take(limit)], found.Any(matches => matches.IsTextOnly));
    }

    /// <summary>
    /// Those of the messages that conclusions rested on and none does any more: what they say was superseded, corrected or retracted, and quoting them
    /// would bring it back.
    /// </summary>
    /// <param name="inThePast">Who asks for what was said at some time is also told what has been superseded since.</param>
    public async Task<IReadOnlySet<string>> OutdatedAsync(Partition pair, IReadOnlyList<string> messageIds, bool inThePast, CancellationToken cancellationToken)
    {
        if (messageIds.Count == 0)
            return new HashSet<string>();

        var restsOnThem = new Condition.Any([.. messageIds.Select(id => new Condition.Includes(Field.TextList("messageIds"), id))]);
        var resting = (await store.QueryAsync(pair, new Query("conclusion") { Where = restsOnThem }, cancellationToken)).Items
            .Select(document => document.As(DocumentJson.Default.Conclusion))
            .ToArray();
        var standing = resting.Where(conclusion => !IsOver(conclusion) && conclusion.Origin != Origins.Human).SelectMany(conclusion => conclusion.MessageIds);
        return resting.Where(IsOver).SelectMany(conclusion => conclusion.MessageIds).Except(standing).ToHashSet(StringComparer.Ordinal);

        bool IsOver(Conclusion conclusion) => inThePast ? conclusion.RetractedAt is not null : !conclusion.IsCurrent;
    }

    /// <summary>What was written so recently that an index with a lag may not find it yet.</summary>
    private async Task<IReadOnlyList<RecallEntry>> TailAsync(RecallScope scope, CancellationToken cancellationToken)
    {
        if (index.Lag == TimeSpan.Zero)
            return [];

        var pairs = scope switch
        {
            { Observer: { } observer, Observed: { } observed } => Partition.Memory(scope.Workspace, observer, observed),
            { Observer: { } observer } => Partition.MemoryOf(scope.Workspace, observer),
            _ => Partition.WholeWorkspace(Container.Memory, scope.Workspace),
        };
        var isRecent = new Condition.Compare(Field.Time("createdAt"), Comparison.Greater, Timestamp.Of(time.GetUtcNow() - (TailAge * index.Lag)));
        var recent = await store.QueryAsync(pairs, new Query("conclusion") { Where = isRecent, Descending = true, Limit = MaxTail }, cancellationToken);
        return [.. recent.Items.Select(document => ConclusionIndex.Entry(document.As(DocumentJson.Default.Conclusion), model: null, vector: default)).Where(scope.Admits)];
    }

    private async Task<IReadOnlyList<ConclusionMatch>> LoadAsync(string workspace, IReadOnlyList<RecallHit> hits, Condition condition, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, Document>();
        foreach (var pair in hits.GroupBy(hit => Partition.Memory(workspace, hit.Observer!, hit.Observed!)))
        {
            string[] ids = [.. pair.Select(hit => hit.Id)];
            var query = new Query("conclusion") { Ids = ids, Limit = StoreLimits.PageSize };
            foreach (var document in (await store.QueryAsync(pair.Key, query, cancellationToken)).Items)
                documents[document.Id] = document;
        }

        return [.. hits
            .Where(hit => documents.ContainsKey(hit.Id) && ConditionEvaluator.Matches(condition, JsonElement.Parse(documents[hit.Id].Body.Span)))
            .Select(hit => new ConclusionMatch(documents[hit.Id].As(DocumentJson.Default.Conclusion), hit))];
    }
}
