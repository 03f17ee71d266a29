using Azure.Search.Documents.Indexes.Models;

namespace Kith.Azure.Recall;

/// <summary>The search index as data. Fields can be added later but not changed: that takes an index of another name, loaded anew.</summary>
internal static class IndexDefinition
{
    public const string SemanticConfiguration = "content";

    public const string ScoringProfile = "content";

    private const string VectorProfile = "cosine";
    private const string VectorAlgorithm = "hnsw";

    /// <summary>A word in the author's name alone chooses an entry only where few match by what they say; what it is worth is for Kith's ranking to say.</summary>
    private const double AuthorWeight = 0.1;

    public static SearchIndex Of(string name, int dimensions) => new(name)
    {
        Fields =
        {
            new SimpleField("key", SearchFieldDataType.String) { IsKey = true, IsFilterable = true, IsSortable = true },
            Filterable("workspace"),
            Filterable("kind"),
            new SimpleField("id", SearchFieldDataType.String) { IsFilterable = true, IsSortable = true },
            new SearchableField("text") { AnalyzerName = LexicalAnalyzerName.StandardLucene },
            new SearchableField("terms") { AnalyzerName = LexicalAnalyzerName.Whitespace, IsHidden = true },
            new SearchableField("author") { AnalyzerName = LexicalAnalyzerName.Whitespace, IsHidden = true },
            Filterable("session"),
            new SimpleField("sequence", SearchFieldDataType.Int64),
            Filterable("peer"),
            Filterable("observer"),
            Filterable("observed"),
            Filterable("level"),
            new SimpleField("createdAt", SearchFieldDataType.Int64) { IsFilterable = true },
            Filterable("model"),
            new SearchField("vector", SearchFieldDataType.Collection(SearchFieldDataType.Single))
            {
                IsSearchable = true,
                IsHidden = true,
                VectorSearchDimensions = dimensions,
                VectorSearchProfileName = VectorProfile,
            },
        },
        // As in Kith's own ranking: turns are short, so that length and repetition say less than in pages.
        Similarity = new BM25Similarity { K1 = 0.9, B = 0.4 },
        ScoringProfiles = { new ScoringProfile(ScoringProfile) { TextWeights = new TextWeights(new Dictionary<string, double> { ["author"] = AuthorWeight }) } },
        VectorSearch = new VectorSearch
        {
            Algorithms = { new HnswAlgorithmConfiguration(VectorAlgorithm) { Parameters = new HnswParameters { Metric = VectorSearchAlgorithmMetric.Cosine } } },
            Profiles = { new VectorSearchProfile(VectorProfile, VectorAlgorithm) },
        },
        SemanticSearch = new SemanticSearch
        {
            Configurations = { new SemanticConfiguration(SemanticConfiguration, new SemanticPrioritizedFields { ContentFields = { new SemanticField("text") } }) },
        },
    };

    private static SimpleField Filterable(string name) => new(name, SearchFieldDataType.String) { IsFilterable = true };
}
