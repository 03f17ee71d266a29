using System.Runtime.InteropServices;
using Kith.Core.Recall;

namespace Kith.Local.Recall;

/// <summary>One search of a shelf: what may be seen, its ranking by text and its ranking by vector, and both fused.</summary>
internal static class RecallSearch
{
    /// <summary>How far down the rankings fusion looks at least.</summary>
    private const int MinDepth = 200;

    /// <param name="vectorWeight">How much a place in the vector ranking counts beside one in the text ranking.</param>
    public static IReadOnlyList<RecallHit> Run(RecallShelf shelf, RecallQuery query, double vectorWeight)
    {
        using var view = new RecallView(shelf, query.Scope, query.Tail);
        if (view.Count == 0)
            return [];
        if (query.VectorOnly || query.MaxDistance is not null || string.IsNullOrWhiteSpace(query.Text))
        {
            return [.. VectorRanking.Rank(view, query.Vector.Span, query.MaxDistance, query.Limit)
                .Select((hit, index) => Hit(view.RowAt(hit.Row), 1 - VectorRanking.DistanceOf(hit.Score), null, index + 1, hit.Score))];
        }

        var depth = Math.Max(MinDepth, query.Limit);
        return Fuse(
            view,
            TextRanking.Rank(view, query.Text, depth),
            VectorRanking.Rank(view, query.Vector.Span, null, depth),
            vectorWeight,
            query.Limit);
    }

    private static List<RecallHit> Fuse(RecallView view, List<RankedRow> text, List<RankedRow> vector, double vectorWeight, int limit)
    {
        var places = new Dictionary<int, (int? Text, int? Vector, double? Cosine)>(text.Count + vector.Count);
        for (var i = 0; i < text.Count; i++)
            places.Add(text[i].Row, (i + 1, null, null));
        for (var i = 0; i < vector.Count; i++)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, vector[i].Row, out _);
            place = (place.Text, i + 1, vector[i].Score);
        }

        return [.. places
            .Select(place => (Row: place.Key, Place: place.Value, Score: RankFusion.Score(place.Value.Text, place.Value.Vector, vectorWeight)))
            .OrderByDescending(hit => hit.Score)
            .ThenBy(hit => hit.Row, Comparer<int>.Create(view.CompareTies))
            .Take(limit)
            .Select(hit => Hit(view.RowAt(hit.Row), hit.Score, hit.Place.Text, hit.Place.Vector, hit.Place.Cosine))];
    }

    private static RecallHit Hit(RecallRow row, double score, int? textRank, int? vectorRank, double? cosine) => new(
        row.Id, row.Session, row.Observer, row.Observed, row.Sequence, score, textRank, vectorRank, cosine is { } value ? VectorRanking.DistanceOf(value) : null);
}
