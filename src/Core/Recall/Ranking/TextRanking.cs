using System.Buffers;
using System.Runtime.InteropServices;

namespace Kith.Core.Recall.Ranking;

/// <summary>
/// Ranks rows by text: BM25 over their terms, their author and date, then the conversation around them. A turn is short and seldom says
/// everything itself: the answer follows the question, and turns that match stand together.
/// </summary>
internal static class TextRanking
{
    /// <summary>BM25 term saturation and length normalisation; turns are short, so that both are weaker than for pages.</summary>
    private const float K1 = 0.9f;
    private const float B = 0.4f;

    /// <summary>What it gives to be by a peer whom the query names: about as much as one telling word.</summary>
    private const float AuthorGain = 4;

    /// <summary>A peer's name in the text counts less than another word: it mostly addresses them.</summary>
    private const float MentionWeight = 0.5f;

    /// <summary>What it gives to agree with a part of the date that the query names.</summary>
    private const float DateGain = 0.5f;

    /// <summary>Share of a turn's score that goes to the turn after it.</summary>
    private const float NextTurnGain = 0.3f;

    /// <summary>Turns on either side that count as the surroundings, and the weight of their cubic mean.</summary>
    private const int Window = 5;
    private const float WindowWeight = 0.8f;

    /// <summary>Only this many best rows by their own text lift their surroundings.</summary>
    private const int MinSeeds = 400;

    /// <param name="given">Scores by row of an index that has seen more than this shelf, 0 where it gave none; empty when there is no such index.</param>
    public static List<RankedRow> Rank(RecallView view, string text, int depth, ReadOnlySpan<float> given = default)
    {
        var scores = ArrayPool<float>.Shared.Rent(view.Count);
        var matched = ArrayPool<bool>.Shared.Rent(view.Count);
        try
        {
            scores.AsSpan(0, view.Count).Clear();
            var terms = SearchTerms.OfQuery(text);
            Score(view, terms, scores.AsSpan(0, view.Count));
            Adopt(given, scores);
            var isAny = false;
            for (var row = 0; row < view.Count; row++)
                isAny |= matched[row] = scores[row] > 0 && view.IsAdmitted(row);
            ScoreAuthors(view, terms, !isAny || terms.All(term => !view.Shelf.PeersNamed(term).IsEmpty), scores, matched);
            ScoreDates(view, DateTerms.Of(text), scores, matched);
            var seeds = new BestRows(Math.Max(MinSeeds, depth));
            for (var row = 0; row < view.Count; row++)
            {
                if (scores[row] > seeds.Threshold && view.IsAdmitted(row))
                    seeds.Offer(row, scores[row]);
            }

            return view.Sorted([.. WithSurroundings(view, seeds, matched, depth).Rows], depth);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
            ArrayPool<bool>.Shared.Return(matched);
        }
    }

    private static void Score(RecallView view, IReadOnlyList<string> terms, Span<float> scores)
    {
        var tail = new TailTerms(view.Tail, terms);
        var average = Math.Max(1f, (float)(view.Rows.TotalLength + tail.TotalLength) / Math.Max(1, view.Count));
        Span<float> norms = stackalloc float[byte.MaxValue + 1];
        for (var length = 0; length < norms.Length; length++)
            norms[length] = K1 * (1 - B + (B * length / average));

        var lengths = view.Rows.Lengths;
        var stored = view.Rows.Count;
        for (var term = 0; term < terms.Count; term++)
        {
            var peers = view.Shelf.PeersNamed(terms[term]);
            ReadOnlySpan<byte> counts = [];
            var rows = view.Shelf.Term(terms[term]) is { } postings ? postings.Read(stored, out counts) : [];
            var weight = (K1 + 1) * Rarity(rows.Length + tail.Frequency(term), view.Count) * (peers.IsEmpty ? 1 : MentionWeight);
            for (var i = 0; i < rows.Length; i++)
                scores[rows[i]] += weight * counts[i] / (counts[i] + norms[lengths[rows[i]]]);
            for (var i = 0; i < view.Tail.Count; i++)
            {
                var count = tail.Count(i, term);
                scores[stored + i] += weight * count / (count + norms[tail.Length(i)]);
            }
        }
    }

    /// <summary>How rare a word is, an index knows that holds everything: its scores replace those of the same rows, brought to their scale.</summary>
    private static void Adopt(ReadOnlySpan<float> given, Span<float> scores)
    {
        var (theirs, ours) = (0f, 0f);
        for (var row = 0; row < given.Length; row++)
        {
            if (given[row] > 0 && scores[row] > 0)
                (theirs, ours) = (theirs + given[row], ours + scores[row]);
        }

        for (var row = 0; row < given.Length; row++)
        {
            if (given[row] > 0 && scores[row] > 0)
                scores[row] = given[row] * (ours / theirs);
        }
    }

    /// <summary>A name matches all that its peer said, which tells little: it counts beside a word or a date, and alone only where nothing else is asked for or found.</summary>
    private static void ScoreAuthors(RecallView view, IReadOnlyList<string> terms, bool isAll, Span<float> scores, Span<bool> matched)
    {
        foreach (var term in terms)
        {
            foreach (var peer in view.Shelf.PeersNamed(term))
                ScoreAuthor(view, peer, isAll, scores, matched);
        }
    }

    private static void ScoreAuthor(RecallView view, string peer, bool isAll, Span<float> scores, Span<bool> matched)
    {
        foreach (var row in view.Shelf.Peer(peer)!.Read(view.Rows.Count))
        {
            scores[row] += AuthorGain;
            matched[row] |= isAll;
        }

        for (var i = 0; i < view.Tail.Count; i++)
        {
            if (view.Tail[i].Peer != peer)
                continue;
            scores[view.Rows.Count + i] += AuthorGain;
            matched[view.Rows.Count + i] |= isAll;
        }
    }

    /// <summary>Only for rows that match otherwise: a date alone says nothing of what is asked.</summary>
    private static void ScoreDates(RecallView view, DateTerms date, Span<float> scores, Span<bool> matched)
    {
        if (date == default)
            return;
        for (var row = 0; row < view.Count; row++)
        {
            if (scores[row] <= 0 || date.Agreement(view.RowAt(row).CreatedAt) is not (> 0 and var agreement))
                continue;
            scores[row] += DateGain * agreement;
            matched[row] = true;
        }
    }

    private static float Rarity(int frequency, int total) => MathF.Log(1 + (Math.Max(0, total - frequency) + 0.5f) / (frequency + 0.5f));

    /// <summary>Rows that match, and those around them.</summary>
    private static BestRows WithSurroundings(RecallView view, BestRows seeds, ReadOnlySpan<bool> matched, int depth)
    {
        var found = new Dictionary<int, (float Own, float Cubes, bool IsNear)>(MinSeeds * Window);
        foreach (var (row, score) in seeds.Rows)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(found, row, out _).Own += score;
            var cube = score * score * score;
            for (var offset = -Window; offset <= Window; offset++)
            {
                var at = offset == 0 ? row : view.Neighbour(row, offset);
                if (at < 0 || !view.IsAdmitted(at))
                    continue;
                ref var neighbour = ref CollectionsMarshal.GetValueRefOrAddDefault(found, at, out _);
                neighbour.Cubes += cube;
                neighbour.IsNear |= matched[row];
                if (offset == 1)
                    neighbour.Own += score * NextTurnGain;
            }
        }

        var best = new BestRows(depth);
        foreach (var (row, (own, cubes, isNear)) in found)
        {
            if (isNear)
                best.Offer(row, own + (WindowWeight * MathF.Cbrt(cubes)));
        }

        return best;
    }
}
