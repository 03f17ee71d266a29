using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Work;

namespace Kith.Core.Memory;

/// <summary>What observers concluded about observed peers.</summary>
public sealed class Conclusions
{
    private const int Attempts = 16;

    private readonly IDocumentStore _store;
    private readonly ConclusionRecall _recall;
    private readonly ConclusionIndex _index;
    private readonly Peers _peers;
    private readonly Sessions _sessions;
    private readonly PeerCards _cards;
    private readonly TimeProvider _time;

    internal Conclusions(IDocumentStore store, ConclusionRecall recall, ConclusionIndex index, Peers peers, Sessions sessions, PeerCards cards, TimeProvider time)
    {
        _store = store;
        _recall = recall;
        _index = index;
        _peers = peers;
        _sessions = sessions;
        _cards = cards;
        _time = time;
    }

    /// <summary>True now: neither superseded nor withdrawn.</summary>
    internal static Condition Current { get; } = new Condition.IsNull(Field.Time("validTo"));

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
        })];
        foreach (var pair in created.GroupBy(conclusion => Partition.Memory(workspace, conclusion.Observer, conclusion.Observed)))
        {
            foreach (var batch in Batches(pair))
                await WriteAsync(pair.Key, batch, cancellationToken);
        }

        return created;
    }

    /// <summary>Newest first; oldest first when reversed.</summary>
    public Task<Page<Conclusion>> ListAsync(string workspace, Paging paging, Condition? where, CancellationToken cancellationToken)
    {
        var query = new Query("conclusion") { Where = where, Descending = !paging.Reverse };
        return _store.PageAsync(PairFor(workspace, where), query, paging, DocumentJson.Default.Conclusion, cancellationToken);
    }

    /// <summary>Closest first. Distance is cosine, 0 to 1.</summary>
    public Task<IReadOnlyList<Conclusion>> QueryAsync(
        string workspace,
        string observer,
        string observed,
        string query,
        int topK,
        double? maxDistance,
        Condition? where,
        CancellationToken cancellationToken)
    {
        var scope = new RecallScope { Workspace = workspace, Kind = RecallKind.Conclusion, Observer = observer, Observed = observed };
        return _recall.FindAsync(scope, query, topK, maxDistance, where, cancellationToken);
    }

    /// <summary>Null when it does not exist.</summary>
    public async Task<Conclusion?> FindAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var query = new Query("conclusion") { Ids = [id], Limit = 1 };
        var page = await _store.QueryAsync(Partition.WholeWorkspace(Container.Memory, workspace), query, cancellationToken);
        return page.Items.Count == 0 ? null : page.Items[0].As(DocumentJson.Default.Conclusion);
    }

    /// <summary>Not found when missing, also on repeat.</summary>
    public async Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var conclusion = await FindAsync(workspace, id, cancellationToken)
            ?? throw new KithException(ErrorCode.NotFound, $"Document {id} not found or does not belong to workspace {workspace}");
        var pair = Partition.Memory(workspace, conclusion.Observer, conclusion.Observed);
        await _store.ExecuteAsync(pair, [new Operation.Delete(id)], cancellationToken);
        await _cards.RemoveAsync(pair, new HashSet<string> { id }, cancellationToken);
        await _index.RemoveAsync(workspace, [id], cancellationToken);
    }

    /// <summary>Repeats the index entries of conclusions whose writer may have died before making them.</summary>
    internal async Task RepairIndexAsync(Partition pair, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var query = new Query("conclusion") { Ids = ids, Limit = StoreLimits.PageSize };
        var found = await _store.QueryAsync(pair, query, cancellationToken);
        await _index.AddAsync([.. found.Items.Select(document => document.As(DocumentJson.Default.Conclusion))], cancellationToken);
        await MarkIndexedAsync(pair, ids, cancellationToken);
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
            if (Limits.Exceeds(conclusion.Content, Limits.ConclusionCharacters))
                throw new KithException(ErrorCode.Invalid, $"A conclusion has more than {Limits.ConclusionCharacters} characters");
            if (Tokenizer.Exceeds(conclusion.Content, Limits.EmbeddingTokens))
                throw new KithException(ErrorCode.Invalid, $"A conclusion exceeds the maximum token limit of {Limits.EmbeddingTokens}.");
            if (conclusion.Observed.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
                throw Errors.IsScope(conclusion.Observed);
        }

        foreach (var peer in conclusions.SelectMany(conclusion => new[] { conclusion.Observer, conclusion.Observed }).Distinct(StringComparer.Ordinal))
            _ = await _peers.FindAsync(workspace, peer, cancellationToken) ?? throw Errors.PeerNotFound(peer, workspace);
        foreach (var session in conclusions.Select(conclusion => conclusion.SessionId).OfType<string>().Distinct(StringComparer.Ordinal))
            _ = await _sessions.FindAsync(workspace, session, cancellationToken) ?? throw Errors.SessionNotFound(session, workspace);
    }

    /// <summary>Runs that fit one batch beside the pair's state.</summary>
    private static IEnumerable<IReadOnlyList<Conclusion>> Batches(IEnumerable<Conclusion> conclusions)
    {
        var (run, bytes) = (new List<Conclusion>(), 0);
        foreach (var conclusion in conclusions)
        {
            var size = Stored.Body(conclusion, DocumentJson.Default.Conclusion).Length;
            if (run.Count == SessionBatch.MaxOperations || (run.Count > 0 && bytes + size > SessionBatch.MaxBytes))
            {
                yield return run;
                (run, bytes) = ([], 0);
            }

            run.Add(conclusion);
            bytes += size;
        }

        yield return run;
    }

    /// <summary>The pair's state names them as unindexed in the same batch, so that a death before the index write is repaired by the worker.</summary>
    private async Task WriteAsync(Partition pair, IReadOnlyList<Conclusion> conclusions, CancellationToken cancellationToken)
    {
        string[] ids = [.. conclusions.Select(conclusion => conclusion.Id)];
        await StoreAsync(pair, conclusions, ids, cancellationToken);
        try
        {
            await _index.AddAsync(conclusions, cancellationToken);
        }
        catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
        {
            // Stored and noted: the worker indexes them when the embedding model is back.
            return;
        }

        await MarkIndexedAsync(pair, ids, cancellationToken);
    }

    private async Task StoreAsync(Partition pair, IReadOnlyList<Conclusion> conclusions, string[] ids, CancellationToken cancellationToken)
    {
        Operation[] creations = [.. conclusions.Select(conclusion => new Operation.Create(conclusion.Id, Stored.Body(conclusion, DocumentJson.Default.Conclusion)))];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var document = await _store.ReadAsync(pair, Dream.Id, cancellationToken);
            var current = document?.As(DocumentJson.Default.Dream) ?? new Dream();
            var noted = current with { Unindexed = [.. current.Unindexed, .. ids], DueAt = current.DueAt ?? _time.GetUtcNow() + Due.ProjectionGrace };
            var body = Stored.Body(noted, DocumentJson.Default.Dream);
            Operation note = document is null ? new Operation.Create(Dream.Id, body) : new Operation.Replace(Dream.Id, body, document.ETag);
            if ((await _store.ExecuteAsync(pair, [note, .. creations], cancellationToken)).Applied)
                return;
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change this memory at once; try again.");
    }

    private Task MarkIndexedAsync(Partition pair, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        _store.ChangeAsync(
            pair,
            Dream.Id,
            DocumentJson.Default.Dream,
            current =>
            {
                if (current is null)
                    return null;
                string[] left = [.. current.Unindexed.Except(ids)];
                return current with { Unindexed = left, DueAt = left.Length == 0 && !current.Asked ? null : current.DueAt };
            },
            cancellationToken);
}
