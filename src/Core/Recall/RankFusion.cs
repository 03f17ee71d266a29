namespace Kith.Core.Recall;

/// <summary>Reciprocal rank fusion: rankings are joined by their places, because their scores have no common scale.</summary>
public static class RankFusion
{
    /// <summary>Damps the first places, so that one ranking alone does not decide (spec/honcho-engine.md §9.1).</summary>
    public const int K = 60;

    /// <summary>Fused score of an entry that holds these places.</summary>
    /// <param name="textRank">1-based; null when the ranking does not hold the entry.</param>
    /// <param name="vectorRank">1-based; null when the ranking does not hold the entry.</param>
    /// <param name="vectorWeight">What a place by vector counts beside one by text.</param>
    public static double Score(int? textRank, int? vectorRank, double vectorWeight = 1) =>
        Share(textRank) + (vectorWeight * Share(vectorRank));

    private static double Share(int? rank) => rank is { } place ? 1.0 / (K + place) : 0;
}
