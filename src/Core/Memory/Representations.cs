using System.Text.Json.Serialization.Metadata;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>What an observer knows about a peer, as text.</summary>
public sealed class Representations
{
    private readonly IDocumentStore _store;
    private readonly ConclusionRecall _recall;
    private readonly Links _links;

    internal Representations(IDocumentStore store, ConclusionRecall recall, Links links)
    {
        _store = store;
        _recall = recall;
        _links = links;
    }

    /// <summary>Conclusions selected by the request (spec honcho-engine §4.1); overlaps between the ways of choosing are filled up with recent ones.</summary>
    public async Task<Representation> OfAsync(RepresentationRequest request, CancellationToken cancellationToken)
    {
        if (request.Sessions is { Count: 0 })
            return new([], IsTextOnly: false);

        var pairs = await _links.PairsAsync(request.Workspace, request.Observer, request.Observed, cancellationToken);
        var total = request.MaxConclusions;
        var searching = !string.IsNullOrWhiteSpace(request.SearchQuery);
        var similar = searching ? Math.Min(Math.Max(1, request.SearchTopK ?? total / 3), total) : 0;
        var frequent = !request.IncludeMostFrequent ? 0 : searching ? Math.Min(total / 3, total - similar) : total / 2;

        var chosen = new Dictionary<string, Conclusion>();
        var matches = similar > 0 ? await SimilarAsync(request, pairs, similar, cancellationToken) : new([], IsTextOnly: false);
        Take([.. matches.Items.Select(match => match.Conclusion)], similar);
        if (frequent > 0)
            Take(await MostDerivedAsync(request, pairs, frequent, cancellationToken), frequent);
        Take(await NewestAsync(request, pairs, total, cancellationToken), total);
        return new([.. chosen.Values], matches.IsTextOnly);

        void Take(IReadOnlyList<Conclusion> candidates, int most)
        {
            foreach (var conclusion in candidates.Take(most))
            {
                if (chosen.Count < total)
                    chosen.TryAdd(conclusion.Id, conclusion);
            }
        }
    }

    /// <summary>The same for callers that do not care how it was found.</summary>
    public async Task<IReadOnlyList<Conclusion>> SelectAsync(RepresentationRequest request, CancellationToken cancellationToken) =>
        (await OfAsync(request, cancellationToken)).Conclusions;

    /// <summary>The text for callers that do not care how it was found.</summary>
    public async Task<string> RenderAsync(RepresentationRequest request, CancellationToken cancellationToken) =>
        (await OfAsync(request, cancellationToken)).Text;

    /// <summary>Looks up what conclusions rest on; what is gone or taken back by now is left out.</summary>
    public async Task<IReadOnlyList<SourcedConclusion>> WithSourcesAsync(IReadOnlyList<Conclusion> conclusions, CancellationToken cancellationToken)
    {
        // By session too: a statement may have been made in several, and a place means nothing outside its own.
        var sequences = new Dictionary<(string? Session, string Id), long>();
        foreach (var session in conclusions.Where(conclusion => conclusion.SessionId is not null).GroupBy(conclusion => Partition.Conversation(conclusion.WorkspaceId, conclusion.SessionId!)))
        {
            foreach (var message in await FindAsync(session.Key, "message", session.SelectMany(conclusion => conclusion.MessageIds), DocumentJson.Default.Message, cancellationToken))
                sequences[(message.SessionId, message.Id)] = message.Sequence;
        }

        var premises = new Dictionary<string, string>();
        foreach (var pair in conclusions.GroupBy(conclusion => Partition.Memory(conclusion.WorkspaceId, conclusion.Observer, conclusion.Observed)))
        {
            foreach (var source in await FindAsync(pair.Key, "conclusion", pair.SelectMany(conclusion => conclusion.SourceIds), DocumentJson.Default.Conclusion, cancellationToken))
            {
                if (source.RetractedAt is null)
                    premises[source.Id] = source.Content;
            }
        }

        return
        [
            .. conclusions.Select(conclusion => new SourcedConclusion(
                conclusion,
                [.. conclusion.MessageIds.Select(id => (conclusion.SessionId, id)).Where(sequences.ContainsKey).Select(place => sequences[place]).Order()],
                [.. conclusion.SourceIds.Where(premises.ContainsKey).Select(id => premises[id])])),
        ];
    }

    private async Task<IReadOnlyList<T>> FindAsync<T>(Partition partition, string type, IEnumerable<string> ids, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        foreach (var chunk in ids.Distinct().Chunk(StoreLimits.PageSize))
        {
            var page = await _store.QueryAsync(partition, new Query(type) { Ids = chunk, Limit = StoreLimits.PageSize }, cancellationToken);
            found.AddRange(page.Items.Select(document => document.As(json)));
        }

        return found;
    }

    private async Task<ConclusionMatches> SimilarAsync(RepresentationRequest request, IReadOnlyList<(string Observer, string Observed)> pairs, int limit, CancellationToken cancellationToken)
    {
        var scope = new RecallScope
        {
            Workspace = request.Workspace,
            Kind = RecallKind.Conclusion,
            Observer = request.Observer,
            Observed = request.Observed,
            Sessions = request.Sessions?.ToHashSet(StringComparer.Ordinal),
            Levels = request.Sessions is null ? null : new HashSet<string> { Levels.Explicit },
        };
        return await _recall.FindAsync(scope, pairs, request.SearchQuery!, limit, request.SearchMaxDistance, request.Clocks, cancellationToken);
    }

    /// <summary>Those derived more than once, most often first, then the newest.</summary>
    private async Task<IReadOnlyList<Conclusion>> MostDerivedAsync(RepresentationRequest request, IReadOnlyList<(string Observer, string Observed)> pairs, int limit, CancellationToken cancellationToken)
    {
        var repeated = new Condition.Compare(Field.Number("timesDerived"), Comparison.Greater, 1d);
        var query = new Query("conclusion") { Where = Stored.And(Visible(request), repeated), Descending = true, Limit = StoreLimits.PageSize };
        var often = (await QueryAsync(request, pairs, query, cancellationToken)).OrderByDescending(conclusion => conclusion.TimesDerived).Take(limit).ToList();
        if (often.Count < limit)
            often.AddRange((await NewestAsync(request, pairs, limit, cancellationToken)).Where(conclusion => conclusion.TimesDerived == 1));
        return often;
    }

    private Task<IReadOnlyList<Conclusion>> NewestAsync(RepresentationRequest request, IReadOnlyList<(string Observer, string Observed)> pairs, int limit, CancellationToken cancellationToken) =>
        QueryAsync(request, pairs, new Query("conclusion") { Where = Visible(request), Descending = true, Limit = limit }, cancellationToken);

    /// <summary>Newest first, as the queries ask.</summary>
    private async Task<IReadOnlyList<Conclusion>> QueryAsync(RepresentationRequest request, IReadOnlyList<(string Observer, string Observed)> pairs, Query query, CancellationToken cancellationToken)
    {
        var found = new List<Conclusion>();
        foreach (var (observer, observed) in pairs)
        {
            var page = await _store.QueryAsync(Partition.Memory(request.Workspace, observer, observed), query, cancellationToken);
            found.AddRange(page.Items.Select(document => document.As(DocumentJson.Default.Conclusion)));
        }

        return pairs.Count == 1 ? found : [.. found.OrderByDescending(conclusion => conclusion.CreatedAt).Take(query.Limit)];
    }

    /// <summary>What the clocks show; under an allowlist only what was said in its sessions, since derived levels mix sessions and could leak.</summary>
    private static Condition Visible(RepresentationRequest request) => request.Sessions is null
        ? request.Clocks.Holding
        : Stored.And(
            request.Clocks.Holding,
            new Condition.In(Field.Text("sessionId"), request.Sessions),
            new Condition.Compare(Field.Text("level"), Comparison.Equal, Levels.Explicit));
}
