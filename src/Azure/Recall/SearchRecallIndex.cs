using Azure.Core.Pipeline;
using Azure.Search.Documents.Models;
using Kith.Core.Recall;
using Kith.Core.Recall.Ranking;
using SearchParameters = Azure.Search.Documents.SearchOptions;

namespace Kith.Azure.Recall;

/// <summary>
/// Recall in Azure AI Search. The service chooses candidates, by text and by vector in a request each; Kith ranks them with the tail, so that places,
/// distances and scores mean what they mean on one machine (docs/decisions/0005-two-search-requests.md).
/// </summary>
public sealed class SearchRecallIndex : IRecallIndex
{
    /// <summary>Of one answer of the service.</summary>
    private const int PageSize = 1_000;

    /// <summary>Questions of one caller that are asked at the same time.</summary>
    private const int MostAtOnce = 4;

    private static readonly TimeSpan SemanticPatience = TimeSpan.FromSeconds(1.5);

    private readonly SearchConnection _connection;
    private readonly SearchOptions _options;
    private readonly IEmbedder _embedder;
    private readonly VectorTrust _trust;

    /// <param name="embedder">Its vectors are searched. Those of others are kept where they have its length, and passed over.</param>
    public SearchRecallIndex(SearchOptions options, IEmbedder embedder, TimeProvider time)
        : this(options, embedder, time, transport: null)
    {
    }

    internal SearchRecallIndex(SearchOptions options, IEmbedder embedder, TimeProvider time, HttpPipelineTransport? transport)
    {
        _options = options.Checked();
        _connection = new SearchConnection(options, time, transport);
        _embedder = embedder;
        _trust = VectorTrust.Of(embedder);
    }

    /// <summary>The service promises a few seconds at most, mostly one (design: Recall).</summary>
    public TimeSpan Lag => TimeSpan.FromSeconds(10);

    /// <summary>Creates the index, or finds it as it should be. Needs the role Search Service Contributor; everything else needs Search Index Data Contributor.</summary>
    /// <exception cref="Core.KithException">The service refuses, also where an index of that name looks different.</exception>
    public Task EnsureCreatedAsync(CancellationToken cancellationToken) =>
        _connection.CreateAsync(IndexDefinition.Of(_options.IndexName, _embedder.Dimensions), cancellationToken);

    /// <inheritdoc/>
    public Task UpsertAsync(IReadOnlyList<RecallEntry> entries, CancellationToken cancellationToken)
    {
        // Of one entry given twice the last one counts.
        var latest = entries.Select(entry => IndexedEntry.Of(entry, _embedder)).Reverse().DistinctBy(entry => entry.Key).Reverse();
        return _connection.ApplyAsync(latest.Select(IndexDocumentsAction.Upload), cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string workspace, RecallKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        DeleteAsync(ids.Distinct().Select(id => IndexedEntry.KeyOf(workspace, kind, id)), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteSessionAsync(string workspace, string session, CancellationToken cancellationToken) =>
        DeleteWhereAsync(ScopeFilter.Session(workspace, session), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteWorkspaceAsync(string workspace, CancellationToken cancellationToken) =>
        DeleteWhereAsync(ScopeFilter.Workspace(workspace), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecallHit>> SearchAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000);
        if (query.Scope is { Sessions.Count: 0 } or { Levels.Count: 0 })
            return [];

        query = ComparableVectors.Of(query, _embedder);
        var byText = FindTextAsync(query, cancellationToken);
        var byVector = FindVectorAsync(query, cancellationToken);
        await Task.WhenAll(byText, byVector);
        return RecallSearch.Rank(Candidates(query.Scope, await byText, await byVector), query, _trust);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<RecallHit>>> SearchAsync(IReadOnlyList<RecallQuery> queries, CancellationToken cancellationToken)
    {
        var hits = new IReadOnlyList<RecallHit>[queries.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, queries.Count, parallel, async (i, cancelled) => hits[i] = await SearchAsync(queries[i], cancelled));
        return hits;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecallKey>> ListAsync(string workspace, RecallKind kind, string? session, string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageSize);
        var parameters = new SearchParameters
        {
            Filter = ScopeFilter.Kind(workspace, kind, session, after),
            Size = limit,
            Select = { "key", "id", "session", "observer", "observed" },
            OrderBy = { "id asc" },
        };
        var found = await _connection.SearchAsync(parameters, text: null, cancellationToken);
        return [.. found.Select(entry => new RecallKey(entry.Document.Id!, entry.Document.Session, entry.Document.Observer, entry.Document.Observed))];
    }

    private static List<RecallCandidate> Candidates(RecallScope scope, List<SearchResult<IndexedEntry>> byText, List<SearchResult<IndexedEntry>> byVector)
    {
        var candidates = new Dictionary<string, RecallCandidate>(byText.Count + byVector.Count);
        foreach (var found in byText)
            candidates[found.Document.Id!] = new(found.Document.ToEntry(scope.Workspace, scope.Kind), found.Score, Cosine: null, found.SemanticSearch?.RerankerScore);
        foreach (var found in byVector)
        {
            var id = found.Document.Id!;
            var candidate = candidates.GetValueOrDefault(id) ?? new(found.Document.ToEntry(scope.Workspace, scope.Kind), TextScore: null, Cosine: null, Relevance: null);
            candidates[id] = candidate with { Cosine = CosineOf(found.Score!.Value) };
        }

        return [.. candidates.Values];
    }

    /// <summary>The service says 1 / (1 + distance) for a vector query by cosine, with distance = 1 - cosine (learn.microsoft.com/azure/search/vector-search-ranking).</summary>
    private static double CosineOf(double score) => 2 - (1 / score);

    private Task<List<SearchResult<IndexedEntry>>> FindTextAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        var terms = RecallSearch.IsVectorOnly(query) ? [] : SearchTerms.OfQuery(query.Text);
        if (terms.Count == 0)
            return Nothing;

        var parameters = Parameters(query, ScopeFilter.Of(query.Scope));
        parameters.SearchFields.Add("terms");
        parameters.SearchFields.Add("author");
        parameters.ScoringProfile = IndexDefinition.ScoringProfile;
        var text = string.Join(' ', terms);
        if (_options.Semantic)
        {
            parameters.QueryType = SearchQueryType.Semantic;
            parameters.SemanticSearch = new SemanticSearchOptions
            {
                SemanticConfigurationName = IndexDefinition.SemanticConfiguration,
                ErrorMode = SemanticErrorMode.Partial,
                MaxWait = SemanticPatience,
            };
            // The ranker reads what is searched for: it is given the words before their stems. Words that are no stems match nothing.
            text = $"{Words(query.Text)}{text}";
        }

        return _connection.SearchAsync(parameters, text, cancellationToken);
    }

    private Task<List<SearchResult<IndexedEntry>>> FindVectorAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        if (!query.Vector.Span.ContainsAnyExcept(0f))
            return Nothing;

        var parameters = Parameters(query, ScopeFilter.Comparable(ScopeFilter.Of(query.Scope), _embedder.Model));
        parameters.VectorSearch = new VectorSearchOptions
        {
            Queries = { new VectorizedQuery(query.Vector) { KNearestNeighborsCount = parameters.Size, Fields = { "vector" } } },
            FilterMode = VectorFilterMode.PreFilter,
        };
        return _connection.SearchAsync(parameters, text: null, cancellationToken);
    }

    private static Task<List<SearchResult<IndexedEntry>>> Nothing => Task.FromResult<List<SearchResult<IndexedEntry>>>([]);

    private static SearchParameters Parameters(RecallQuery query, string filter) => new()
    {
        Filter = filter,
        Size = RecallSearch.Depth(query),
        Select = { "key", "id", "text", "session", "sequence", "peer", "observer", "observed", "level", "createdAt" },
    };

    private static string Words(string text)
    {
        var words = new System.Text.StringBuilder();
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
            words.Append(reader.Word).Append(' ');
        return words.ToString();
    }

    /// <summary>In the order of keys: what is deleted may still be found for a while and must not be met again.</summary>
    private async Task DeleteWhereAsync(string filter, CancellationToken cancellationToken)
    {
        for (string? last = null; ;)
        {
            var parameters = new SearchParameters { Filter = ScopeFilter.After(filter, last), Size = PageSize, Select = { "key" }, OrderBy = { "key asc" } };
            var page = await _connection.SearchAsync(parameters, text: null, cancellationToken);
            if (page.Count == 0)
                return;
            await DeleteAsync(page.Select(found => found.Document.Key), cancellationToken);
            last = page[^1].Document.Key;
        }
    }

    private Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        _connection.ApplyAsync(keys.Select(key => IndexDocumentsAction.Delete(new IndexedEntry { Key = key })), cancellationToken);
}
