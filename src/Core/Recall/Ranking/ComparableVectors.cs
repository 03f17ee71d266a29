namespace Kith.Core.Recall.Ranking;

/// <summary>Which vectors an index compares: those of its own embedder. All others are passed over, and their entries found by text alone.</summary>
public static class ComparableVectors
{
    /// <summary>The entry, without a vector that another model made or that has another length.</summary>
    public static RecallEntry Of(RecallEntry entry, IEmbedder embedder) =>
        entry.Vector.IsEmpty || IsComparable(entry.Model, entry.Vector, embedder) ? entry : entry with { Vector = default };

    /// <summary>The query and its tail, without such vectors.</summary>
    public static RecallQuery Of(RecallQuery query, IEmbedder embedder) => query with
    {
        Vector = IsComparable(query.Model, query.Vector, embedder) ? query.Vector : default,
        Tail = [.. query.Tail.Select(entry => Of(entry, embedder))],
    };

    private static bool IsComparable(string? model, ReadOnlyMemory<float> vector, IEmbedder embedder) => model == embedder.Model && vector.Length == embedder.Dimensions;
}
