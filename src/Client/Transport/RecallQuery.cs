namespace Kith.Client.Transport;

/// <summary>The knobs that both kinds of context have in their query.</summary>
internal static class RecallQuery
{
    /// <summary>Servers take addresses of 8 KiB, and a character can take nine bytes there: so many of them leave room for the ids.</summary>
    private const int MostCharacters = 500;

    public static Query AddRecall(this Query query, RecallOptions? options) => query
        .Add("search_query", Cut(options?.SearchQuery))
        .Add("search_top_k", options?.SearchTopK)
        .Add("search_max_distance", options?.SearchMaxDistance)
        .Add("include_most_frequent", options?.IncludeMostFrequent)
        .Add("max_conclusions", options?.MaxConclusions);

    private static string? Cut(string? text) => text is null || text.Length <= MostCharacters ? text
        : char.IsHighSurrogate(text[MostCharacters - 1]) ? text[..(MostCharacters - 1)] : text[..MostCharacters];
}
