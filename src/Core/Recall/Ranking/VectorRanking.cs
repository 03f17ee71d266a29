using System.Numerics.Tensors;

namespace Kith.Core.Recall.Ranking;

/// <summary>Ranks rows by cosine: a scan of all admitted rows over byte codes, then the best of them again in full precision.</summary>
internal static class VectorRanking
{
    /// <summary>Rows that the scan keeps beyond twice those asked for: the error of the codes moves a row by a few places.</summary>
    private const int Spare = 64;

    /// <summary>Scores are cosines. Empty when the query has no vector of the shelf's length.</summary>
    public static List<RankedRow> Rank(RecallView view, ReadOnlySpan<float> query, double? maxDistance, int depth)
    {
        var vectors = view.Shelf.Vectors;
        if (query.Length != vectors.Dimensions || !query.ContainsAnyExcept(0f))
            return [];

        var scratch = new float[query.Length];
        var ranked = new List<RankedRow>();
        foreach (var candidate in Scan(view, query, (depth * 2) + Spare).Rows)
            ranked.Add(candidate with { Score = vectors.Cosine(candidate.Row, query, scratch) });
        return Rank(view, ranked, query, maxDistance, depth);
    }

    /// <summary>The same for rows whose cosines are known already, and the tail.</summary>
    public static List<RankedRow> Rank(RecallView view, List<RankedRow> ranked, ReadOnlySpan<float> query, double? maxDistance, int depth)
    {
        for (var i = 0; i < view.Tail.Count; i++)
        {
            var vector = view.Tail[i].Vector.Span;
            if (vector.Length == query.Length && vector.ContainsAnyExcept(0f) && query.ContainsAnyExcept(0f))
                ranked.Add(new RankedRow(view.Rows.Count + i, TensorPrimitives.Dot(vector, query)));
        }

        if (maxDistance is { } distance)
            ranked.RemoveAll(row => DistanceOf(row.Score) > distance);
        return view.Sorted(ranked, depth);
    }

    public static double DistanceOf(double cosine) => Math.Clamp(1 - cosine, 0, 2);

    private static BestRows Scan(RecallView view, ReadOnlySpan<float> query, int capacity)
    {
        var codes = new short[query.Length];
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(query));
        for (var i = 0; i < codes.Length; i++)
            codes[i] = (short)MathF.Round(query[i] / largest * ByteDot.QueryRange);

        // Shifted above zero, because the opposite of the query still has a distance.
        var shift = ByteDot.QueryRange * 2 / largest;
        var best = new BestRows(capacity);
        var blocks = view.Shelf.Vectors.Blocks;
        for (var index = 0; index < blocks.Length; index++)
        {
            var block = blocks[index];
            var start = index * view.Shelf.Vectors.BlockRows;
            var end = Math.Min(view.Shelf.Vectors.BlockRows, view.Rows.Count - start);
            for (var i = 0; i < end; i++)
            {
                if (block.Scales[i] == 0 || !view.IsAdmitted(start + i))
                    continue;
                var score = shift + (ByteDot.Of(codes, block.Codes(i)) * block.Scales[i]);
                if (score > best.Threshold)
                    best.Offer(start + i, score);
            }
        }

        return best;
    }
}
