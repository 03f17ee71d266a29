namespace Kith.Client.Transport;

/// <summary>The knobs that both kinds of context have in their query.</summary>
internal static class RecallQuery
{
    public static Query AddRecall(this Query query, RecallOptions? options) => query
        .Add("search_query", options?.SearchQuery)
        .Add("search_top_k", options?.SearchTopK)
        .Add("search_max_distance", options?.SearchMaxDistance)
        .Add("include_most_frequent", options?.IncludeMostFrequent)
        .Add("max_conclusions", options?.MaxConclusions);
}
