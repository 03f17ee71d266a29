using Kith.Core.Recall;

namespace Kith.Bench.Locomo;

/// <summary>
/// How many reference facts were derived. A fact is covered by a conclusion that rests on its turn and holds at least half of its content
/// words, and is not the turn itself. Words are compared as the engine's own term reader gives them: folded, stop words of five languages
/// left out, light English stemming.
/// </summary>
internal static class Coverage
{
    private const double Share = 0.5;

    /// <summary>Words that a copy may have beyond the turn's own: who said it, and when.</summary>
    private const int Attribution = 6;

    public static int Count(Loaded loaded, IReadOnlyList<(string Content, IReadOnlyList<string> MessageIds)> conclusions)
    {
        var byTurn = conclusions
            .SelectMany(conclusion => conclusion.MessageIds.Where(loaded.TurnIds.ContainsKey).Select(id => (TurnId: loaded.TurnIds[id], conclusion.Content)))
            .ToLookup(item => item.TurnId, item => item.Content);
        return loaded.Conversation.Facts.Count(fact => fact.TurnIds.Any(turn => byTurn[turn].Any(content => Covers(content, fact, loaded.Turns[turn]))));
    }

    private static bool Covers(string conclusion, Fact fact, Turn turn)
    {
        var wanted = Words(fact.Text, withStopWords: false).ToHashSet();
        var held = Words(conclusion, withStopWords: false).ToHashSet();
        return wanted.Count(held.Contains) >= wanted.Count * Share && !Copies(conclusion, turn);
    }

    /// <summary>Whether all of the turn stands in the conclusion word for word, with hardly anything beside it.</summary>
    private static bool Copies(string conclusion, Turn turn)
    {
        var (copy, said) = (Words(conclusion, withStopWords: true), Words(turn.Said, withStopWords: true));
        return copy.Count <= Words(turn.Text, withStopWords: true).Count + Attribution
            && Enumerable.Range(0, Math.Max(0, copy.Count - said.Count + 1)).Any(start => copy.Skip(start).Take(said.Count).SequenceEqual(said));
    }

    private static List<string> Words(string text, bool withStopWords)
    {
        var words = new List<string>();
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
        {
            if (withStopWords || !reader.IsStopWord)
                words.Add(withStopWords ? reader.Word.ToString() : reader.Term.ToString());
        }

        return words;
    }
}
