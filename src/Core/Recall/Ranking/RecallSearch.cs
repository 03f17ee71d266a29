namespace Kith.Core.Recall.Ranking;

/// <summary>One search of a shelf: what may be seen, its ranking by text and its ranking by vector, and both fused.</summary>
public static class RecallSearch
{
    /// <summary>How far down the rankings fusion looks at least.</summary>
    private const int MinDepth = 200;

    public static IReadOnlyList<RecallHit> Run(RecallShelf shelf, RecallQuery query, VectorTrust trust)
    {
        using var view = new RecallView(shelf, query.Scope, query.Tail);
        if (view.Count == 0)
            return [];
        if (IsVectorOnly(query))
            return Hits(view, VectorRanking.Rank(view, query.Vector.Span, query.MaxDistance, query.Limit));
        var depth = Depth(query);
        return Fuse(view, TextRanking.Rank(view, query.Text, depth), VectorRanking.Rank(view, query.Vector.Span, null, depth), trust, query);
    }

    /// <summary>The same where another index has searched: ranks what it chose together with the tail.</summary>
    /// <param name="candidates">Each id once.</param>
    public static IReadOnlyList<RecallHit> Rank(IReadOnlyList<RecallCandidate> candidates, RecallQuery query, VectorTrust trust)
    {
        var shelf = new RecallShelf(query.Vector.Length, candidates.Count);
        foreach (var candidate in candidates)
            shelf.Put(candidate.Entry);
        using var view = new RecallView(shelf, query.Scope, query.Tail);
        var compared = Enumerable.Range(0, candidates.Count)
            .Where(row => candidates[row].Cosine is not null && view.IsAdmitted(row))
            .Select(row => new RankedRow(row, (float)candidates[row].Cosine!))
            .ToList();
        if (IsVectorOnly(query))
            return Hits(view, VectorRanking.Rank(view, compared, query.Vector.Span, query.MaxDistance, query.Limit));

        var depth = Depth(query);
        var text = TextRanking.Rank(view, query.Text, depth, [.. candidates.Select(candidate => (float)(candidate.TextScore ?? 0))]);
        Reorder(text, row => row < candidates.Count ? candidates[row].Relevance : null);
        return Fuse(view, text, VectorRanking.Rank(view, compared, query.Vector.Span, null, depth), trust, query);
    }

    /// <summary>Whether the query asks for distances alone.</summary>
    public static bool IsVectorOnly(RecallQuery query) => query.VectorOnly || query.MaxDistance is not null || string.IsNullOrWhiteSpace(query.Text);

    /// <summary>How far down the rankings have to be known for the query.</summary>
    public static int Depth(RecallQuery query) => IsVectorOnly(query) ? query.Limit : Math.Max(MinDepth, query.Limit);

    private static RecallHit[] Hits(RecallView view, List<RankedRow> ranked) =>
        [.. ranked.Select((hit, index) => Hit(view.RowAt(hit.Row), 1 - VectorRanking.DistanceOf(hit.Score), null, index + 1, hit.Score))];

    /// <summary>Rows with a verdict share out the places they hold among themselves, the most relevant first; the others keep theirs.</summary>
    private static void Reorder(List<RankedRow> rows, Func<int, double?> relevance)
    {
        int[] places = [.. Enumerable.Range(0, rows.Count).Where(place => relevance(rows[place].Row) is not null)];
        RankedRow[] judged = [.. places.Select(place => rows[place]).OrderByDescending(row => relevance(row.Row))];
        for (var i = 0; i < places.Length; i++)
            rows[places[i]] = judged[i];
    }

    private static List<RecallHit> Fuse(RecallView view, List<RankedRow> text, List<RankedRow> vector, VectorTrust trust, RecallQuery query)
    {
        var places = new Dictionary<int, (int? Text, int? Vector, double? Cosine)>(text.Count + vector.Count);
        for (var i = 0; i < text.Count; i++)
            places.Add(text[i].Row, (i + 1, null, null));
        for (var i = 0; i < vector.Count; i++)
        {
            var row = vector[i].Row;
            int? rank = !query.MatchesOnly || trust.IsNear(vector[i].Score, vector[0].Score, isAlone: text.Count == 0) ? i + 1 : null;
            if (places.TryGetValue(row, out var place))
                places[row] = (place.Text, rank, vector[i].Score);
            else if (rank is not null)
                places.Add(row, (null, rank, vector[i].Score));
        }

        return [.. places
            .Select(place => (Row: place.Key, Place: place.Value, Score: RankFusion.Score(place.Value.Text, VectorPlace(place.Key, place.Value), trust.Weight)))
            .OrderByDescending(hit => hit.Score)
            .ThenBy(hit => hit.Row, Comparer<int>.Create(view.CompareTies))
            .Take(query.Limit)
            .Select(hit => Hit(view.RowAt(hit.Row), hit.Score, hit.Place.Text, hit.Place.Vector, hit.Place.Cosine))];

        // What is not embedded yet has no place by vector: its place by text stands for both, or what was just said would come last.
        int? VectorPlace(int row, (int? Text, int? Vector, double? Cosine) place) =>
            vector.Count > 0 && row >= view.Rows.Count ? place.Vector ?? place.Text : place.Vector;
    }

    private static RecallHit Hit(RecallRow row, double score, int? textRank, int? vectorRank, double? cosine) => new(
        row.Id, row.Session, row.Observer, row.Observed, row.Sequence, score, textRank, vectorRank, cosine is { } value ? VectorRanking.DistanceOf(value) : null);
}
