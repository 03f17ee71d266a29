using Kith.Core.Recall;

namespace Kith.Bench.Locomo;

/// <summary>Plain BM25 over the turns of one conversation (speaker, text and caption), to compare with: the same words, stems and stop words as Kith's, nothing else of it.</summary>
internal sealed class Bm25
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly (string Id, Dictionary<string, int> Counts, int Length)[] _turns;
    private readonly Dictionary<string, int> _spread;
    private readonly double _meanLength;

    public Bm25(Conversation conversation)
    {
        _turns = [.. conversation.Sittings.SelectMany(sitting => sitting.Turns).Select(turn =>
        {
            var terms = SearchTerms.Of($"{turn.Speaker} {turn.Text}").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (turn.Id, terms.CountBy(term => term).ToDictionary(), terms.Length);
        })];
        _spread = _turns.SelectMany(turn => turn.Counts.Keys).CountBy(term => term).ToDictionary();
        _meanLength = _turns.Average(turn => turn.Length);
    }

    /// <summary>Ids of turns, best first.</summary>
    public IReadOnlyList<string> Search(string query, int limit)
    {
        var terms = SearchTerms.OfQuery(query);
        return [.. _turns.Select(turn => (turn.Id, Score: terms.Sum(term => Weight(term, turn.Counts, turn.Length))))
            .Where(turn => turn.Score > 0)
            .OrderByDescending(turn => turn.Score)
            .Take(limit)
            .Select(turn => turn.Id)];
    }

    private double Weight(string term, Dictionary<string, int> counts, int length)
    {
        if (!counts.TryGetValue(term, out var count))
            return 0;

        var rarity = Math.Log(1 + ((_turns.Length - _spread[term] + 0.5) / (_spread[term] + 0.5)));
        return rarity * count * (K1 + 1) / (count + (K1 * (1 - B + (B * length / _meanLength))));
    }
}
