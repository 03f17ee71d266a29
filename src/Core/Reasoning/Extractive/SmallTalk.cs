using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Clauses that keep a conversation going and are about nothing else: invitations, thanks, encouragement, promises to the listener.</summary>
internal static class SmallTalk
{
    /// <summary>Whoever says more than the phrase may be telling something beside it.</summary>
    private const int MostContent = 5;

    // Adverbs between the words do not matter: "I'll definitely let you know".
    private static readonly string[][] Phrases =
        [.. """
        mean a lot|mean so much|mean the world|mean everything
        long time no|since we last|since we talked|since we spoke|since we chatted|since we caught up
        let you know|keep you posted|keep you updated|keep me posted|keep me updated|talk to you|talk soon|talk later|see you|catch you|take care|catch up soon
        check it out|check them out|check that out|check this out|add it to my list|give it a try|give it a shot|give it a go
        will check|reach out if|say hi|what can i say|fingers crossed|here's a pic|here's a photo|here's a picture|here's to
        won't quit|won't give up|won't stop|not quit|not give up|never give up|never quit|not giving up|keep going|keep pushing|keep at it|keep it up|keep moving|keep fighting|keep trying|keep believing|keep chasing
        bedeutet mir viel|sag dir bescheid|melde mich bei dir|auf dem laufenden|lange nicht gesehen|gebe nicht auf
        significa mucho|te aviso|te mantengo|cuánto tiempo sin|cuídate|no me rindo
        compte beaucoup pour moi|te tiens au courant|prends soin|ça fait longtemps|je n'abandonne pas
        significa muito|te aviso|mantenho você|quanto tempo sem|se cuida|não vou desistir
        """.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(phrase => phrase.Split(' '))];

    private static readonly FrozenDictionary<string, string> Forms = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["means"] = "mean",
        ["meant"] = "mean",
        ["i'll"] = "will",
        ["we'll"] = "will",
        ["lets"] = "let's",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Not with a date or a number: "Let's meet on Friday", "See you at 8" are plans.</summary>
    public static bool Is(List<Token> clause, bool isDated)
    {
        if (isDated || clause.Exists(token => char.IsDigit(token.Text[0]))) return false;
        string[] words = [.. clause.Where(token => token.IsWord).Select(token => Forms.GetValueOrDefault(token.Lower, token.Lower)).Where(word => !EnglishVerbs.IsAdverb(word) || word is "never" or "not" or "soon" or "all")];
        if (words.Length == 0 || Words.Content(Token.Join(clause)).Count > MostContent) return false;
        return words[0] == "let's" || Array.Exists(Phrases, phrase => words.AsSpan().IndexOf(phrase[0]) >= 0 && Holds(words, phrase));
    }

    private static bool Holds(string[] words, string[] phrase)
    {
        for (var start = 0; start + phrase.Length <= words.Length; start++)
            if (words.AsSpan(start, phrase.Length).SequenceEqual(phrase)) return true;
        return false;
    }
}
