using System.Text.Json.Serialization.Metadata;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Erasing;
using Kith.Core.Filters;
using Kith.Core.Reasoning.Extractive;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;

namespace Kith.Core.Memory;

/// <summary>What observers concluded about observed peers.</summary>
public sealed class Conclusions
{
    private readonly IDocumentStore _store;
    private readonly ConclusionRecall _recall;
    private readonly Erasures _erasures;
    private readonly Peers _peers;
    private readonly Sessions _sessions;
    private readonly IndexedWrites _writes;
    private readonly Revisions _revisions;
    private readonly TimeProvider _time;

    internal Conclusions(IDocumentStore store, ConclusionRecall recall, IndexedWrites writes, Erasures erasures, Peers peers, Sessions sessions, PeerCards cards, TimeProvider time)
    {
        _store = store;
        _recall = recall;
        _erasures = erasures;
        _peers = peers;
        _sessions = sessions;
        _writes = writes;
        _revisions = new Revisions(store, _writes, cards, time);
        _time = time;
    }

    private static Condition Held { get; } = new Condition.IsNull(Field.Time("retractedAt"));

    /// <summary>Not found when a peer or session is missing; invalid when the observed is a scope or the text is too long.</summary>
    public async Task<IReadOnlyList<Conclusion>> CreateAsync(string workspace, IReadOnlyList<NewConclusion> conclusions, CancellationToken cancellationToken)
    {
        await CheckAsync(workspace, conclusions, cancellationToken);
        var now = _time.GetUtcNow();
        Conclusion[] created = [.. conclusions.Select((conclusion, i) => new Conclusion
        {
            Id = Ids.New(),
            WorkspaceId = workspace,
            Observer = conclusion.Observer,
            Observed = conclusion.Observed,
            Content = conclusion.Content.Replace("\0", "", StringComparison.Ordinal),
            Level = Levels.Explicit,
            Origin = Origins.Human,
            SessionId = conclusion.SessionId,
            // A microsecond apart, so that lists keep the order of the call.
            CreatedAt = now.AddMicroseconds(i),
            SaidAt = now,
            Claim = Claim.Of(conclusion.Content)?.Key,
        })];
        foreach (var pair in created.GroupBy(conclusion => Partition.Memory(workspace, conclusion.Observer, conclusion.Observed)))
        {
            foreach (var batch in Batches(pair))
            {
                IReadOnlyList<IndexedWrites.Change> creations = [.. batch.Select(conclusion => new IndexedWrites.Change(conclusion))];
                await _writes.WriteAsync(pair.Key, () => Task.FromResult(creations), cancellationToken);
            }
        }

        return created;
    }

    /// <summary>Newest first; oldest first when reversed. With what was superseded, without what was retracted.</summary>
    public Task<Page<Conclusion>> ListAsync(string workspace, Paging paging, Condition? where, CancellationToken cancellationToken)
    {
        var query = new Query("conclusion") { Where = Stored.And(Held, where), Descending = !paging.Reverse };
        return _store.PageAsync(PairFor(workspace, where), query, paging, DocumentJson.Default.Conclusion, cancellationToken);
    }

    /// <summary>The newest first by when they were stored; oldest first when reversed.</summary>
    public Task<Page<Conclusion>> TimelineAsync(string workspace, TimelineRequest request, Paging paging, CancellationToken cancellationToken)
    {
        var where = request.Where;
        return _store.PageAsync(PairFor(workspace, where), new Query("conclusion") { Where = where, Descending = !paging.Reverse }, paging, DocumentJson.Default.Conclusion, cancellationToken);
    }

    /// <summary>What a conclusion rests on, as far as it is still there. Not found when missing.</summary>
    public async Task<ConclusionSources> SourcesAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var conclusion = await DemandAsync(workspace, id, cancellationToken);
        var messages = await ReadAsync(Partition.WholeWorkspace(Container.Conversations, workspace), new Query("message"), conclusion.MessageIds, DocumentJson.Default.Message, cancellationToken);
        var premises = await ReadAsync(PairOf(conclusion), new Query("conclusion"), conclusion.SourceIds, DocumentJson.Default.Conclusion, cancellationToken);
        return new ConclusionSources(conclusion, messages, premises);
    }

    /// <summary>Closest first, of those that the clocks show. Distance is cosine, 0 to 1.</summary>
    public Task<ConclusionMatches> QueryAsync(
        string workspace,
        string observer,
        string observed,
        string query,
        int topK,
        double? maxDistance,
        Condition? where,
        Clocks clocks,
        CancellationToken cancellationToken)
    {
        var scope = new RecallScope { Workspace = workspace, Kind = RecallKind.Conclusion, Observer = observer, Observed = observed };
        return _recall.FindAsync(scope, query, topK, maxDistance, where, clocks, cancellationToken);
    }

    /// <summary>Null when it does not exist.</summary>
    public async Task<Conclusion?> FindAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var query = new Query("conclusion") { Ids = [id], Limit = 1 };
        var page = await _store.QueryAsync(Partition.WholeWorkspace(Container.Memory, workspace), query, cancellationToken);
        return page.Items.Count == 0 ? null : page.Items[0].As(DocumentJson.Default.Conclusion);
    }

    /// <summary>As if it had never been there: what only it had ended holds again. Not found when missing, also on repeat.</summary>
    public Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken) => _erasures.EraseConclusionAsync(workspace, id, cancellationToken);

    /// <summary>
    /// Puts a person's words in the place of a conclusion that was wrong, since when that was said to hold. Background work does not change them
    /// afterwards. Not found when missing, a conflict when it was corrected or retracted already, invalid when the text is too long.
    /// </summary>
    public async Task<Conclusion> CorrectAsync(string workspace, string id, string content, CancellationToken cancellationToken)
    {
        CheckContent(content);
        return await _revisions.CorrectAsync(PairOf(await DemandAsync(workspace, id, cancellationToken)), id, content.Replace("\0", "", StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>Keeps background work from changing or ending a conclusion, or allows it again. Not found when missing, a conflict when it was retracted.</summary>
    public async Task<Conclusion> PinAsync(string workspace, string id, bool pinned, CancellationToken cancellationToken) =>
        await _revisions.PinAsync(PairOf(await DemandAsync(workspace, id, cancellationToken)), id, pinned, cancellationToken);

    /// <summary>
    /// Stops holding a conclusion: recall does not find it any more, its history does, and its messages do not bring it back. What only it had ended is
    /// true again. A repeat changes nothing.
    /// Not found when missing.
    /// </summary>
    public async Task<Conclusion> RetractAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await _revisions.RetractAsync(PairOf(await DemandAsync(workspace, id, cancellationToken)), id, cancellationToken);

    /// <summary>The conclusion with all that it superseded and that superseded it, in the order in which they were true. Not found when missing.</summary>
    public async Task<IReadOnlyList<Conclusion>> HistoryAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var conclusion = await DemandAsync(workspace, id, cancellationToken);
        return await _revisions.HistoryAsync(PairOf(conclusion), conclusion, cancellationToken);
    }

    /// <summary>Repeats the index entries of conclusions whose writer may have died before making them.</summary>
    internal Task RepairIndexAsync(Partition pair, IReadOnlyList<string> ids, CancellationToken cancellationToken) => _writes.RepairAsync(pair, ids, cancellationToken);

    private static Partition PairOf(Conclusion conclusion) => Partition.Memory(conclusion.WorkspaceId, conclusion.Observer, conclusion.Observed);

    private async Task<IReadOnlyList<T>> ReadAsync<T>(Partition partition, Query query, IReadOnlyList<string> ids, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var found = new List<T>(ids.Count);
        foreach (var page in ids.Chunk(StoreLimits.PageSize))
        {
            await foreach (var document in _store.AllAsync(partition, query with { Ids = page }, cancellationToken))
                found.Add(document.As(type));
        }

        return found;
    }

    private async Task<Conclusion> DemandAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await FindAsync(workspace, id, cancellationToken) ?? throw Errors.ConclusionNotFound(id, workspace);

    private static void CheckContent(string content)
    {
        if (Limits.Exceeds(content, Limits.ConclusionCharacters))
            throw new KithException(ErrorCode.Invalid, $"A conclusion has more than {Limits.ConclusionCharacters} characters");
        if (Tokenizer.Exceeds(content, Limits.EmbeddingTokens))
            throw new KithException(ErrorCode.Invalid, $"A conclusion exceeds the maximum token limit of {Limits.EmbeddingTokens}.");
    }

    /// <summary>One pair's partition when the filter names it, else the whole workspace.</summary>
    private static Partition PairFor(string workspace, Condition? where)
    {
        var parts = where is Condition.All all ? all.Parts : where is null ? [] : [where];
        var (observer, observed) = (Named("observer"), Named("observed"));
        if (observer is null)
            return Partition.WholeWorkspace(Container.Memory, workspace);
        return observed is null ? Partition.MemoryOf(workspace, observer) : Partition.Memory(workspace, observer, observed);

        string? Named(string field) => parts
            .OfType<Condition.Compare>()
            .FirstOrDefault(part => part is { Comparison: Comparison.Equal, Field.Path.Count: 1 } && part.Field.Path[0] == field && part.Operand is string { Length: > 0 })
            ?.Operand as string;
    }

    private async Task CheckAsync(string workspace, IReadOnlyList<NewConclusion> conclusions, CancellationToken cancellationToken)
    {
        foreach (var conclusion in conclusions)
        {
            CheckContent(conclusion.Content);
            if (conclusion.Observed.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
                throw Errors.IsScope(conclusion.Observed);
        }

        foreach (var peer in conclusions.SelectMany(conclusion => new[] { conclusion.Observer, conclusion.Observed }).Distinct(StringComparer.Ordinal))
            _ = await _peers.FindAsync(workspace, peer, cancellationToken) ?? throw Errors.PeerNotFound(peer, workspace);
        foreach (var session in conclusions.Select(conclusion => conclusion.SessionId).OfType<string>().Distinct(StringComparer.Ordinal))
            _ = await _sessions.FindAsync(workspace, session, cancellationToken) ?? throw Errors.SessionNotFound(session, workspace);
    }

    /// <summary>Runs that fit one batch beside the pair's state and what webhooks are told.</summary>
    private static IEnumerable<IReadOnlyList<Conclusion>> Batches(IEnumerable<Conclusion> conclusions)
    {
        var (run, bytes) = (new List<Conclusion>(), 0);
        foreach (var conclusion in conclusions)
        {
            var size = Stored.Body(conclusion, DocumentJson.Default.Conclusion).Length;
            if (run.Count == SessionBatch.MaxOperations - 1 || (run.Count > 0 && bytes + size > SessionBatch.MaxBytes))
            {
                yield return run;
                (run, bytes) = ([], 0);
            }

            run.Add(conclusion);
            bytes += size;
        }

        yield return run;
    }
}
