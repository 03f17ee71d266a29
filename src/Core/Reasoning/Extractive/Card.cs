using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Which clauses belong on a peer card.</summary>
internal static class Card
{
    /// <summary>Longer clauses tell events, not traits.</summary>
    private const int Longest = 14;

    private static readonly FrozenSet<string> Have = Set("have am is are called named 's habe ist heißt tengo es se llama ai est s'appelle tenho é chama");

    private static readonly FrozenSet<string> Tastes =
        Set("love like hate prefer enjoy dislike allergic vegetarian vegan liebe mag hasse allergisch vegetarierin vegetarier odio prefiero alérgico alérgica encanta gusta aime adore déteste préfère allergique adoro gosto odeio prefiro");

    // "I'm allergic to nuts, so no cake for me": the trait is told before.
    private static readonly FrozenSet<string> Reasons = Set("so because but weil denn aber deshalb porque pero mais parce car mas");

    public static CardCategory? Of(List<Token> clause, string? slot)
    {
        if (slot is "relationship") return CardCategory.Relationship;
        if (slot is not null) return slot.StartsWith("favourite:", StringComparison.Ordinal) ? CardCategory.Attribute : CardCategory.Identity;
        clause = [.. clause.TakeWhile(token => token.Text != "," && !Reasons.Contains(token.Lower))];
        if (clause.Count is < 2 or > Longest) return null;
        for (var i = 0; i < clause.Count; i++)
        {
            var word = clause[i].Lower;
            // "j'adore": subject and verb in one word.
            var isOne = i == 0 && word.StartsWith("j'", StringComparison.Ordinal);
            if ((isOne || i is > 0 and < 4) && Tastes.Contains(isOne ? word[2..] : word) && IsTaste(clause, i)) return CardCategory.Attribute;
            if (i <= FarthestRelative && Kinship.IsNoun(word) && IsRelated(clause, i)) return CardCategory.Relationship;
        }

        return null;
    }

    /// <summary>"I have a dog called Rex", "My wife is a doctor", not "My kids mean a lot and have their school close by".</summary>
    private static bool IsRelated(List<Token> clause, int noun)
    {
        if (clause.Count > LongestTaste + 1) return false;
        if (clause[0].Lower is "i" or "ich" or "tengo" or "j'ai" or "tenho") return clause.Take(noun).Any(token => Have.Contains(token.Lower)) && !clause.Take(noun).Any(token => token.Lower is "not" or "no");
        return noun > 0 && clause.Take(noun).Any(token => Kinship.IsOwner(token.Lower)) && clause.Skip(noun + 1).Take(2).Any(token => Have.Contains(token.Lower));
    }

    private const int FarthestRelative = 5;

    /// <summary>"I love hiking", not "I love it when you …" or "I'd love to": what is liked has to be named.</summary>
    private static bool IsTaste(List<Token> clause, int verb)
    {
        if (verb > 0 && !Speakers.Contains(clause[0].Lower) || clause.Count > LongestTaste) return false;
        for (var i = 1; i < verb; i++)
            if (clause[i].Lower is not ("am" or "a" or "bin" or "suis" or "le" or "la") && !EnglishVerbs.IsAdverb(clause[i].Lower)) return false;
        return verb + 1 >= clause.Count ? clause[verb].Lower.StartsWith("vegetarian", StringComparison.Ordinal) || clause[verb].Lower == "vegan"
            : !clause.Skip(verb + 1).Any(token => Pointers.Contains(token.Lower)) && Words.Content(Token.Join(clause[(verb + 1)..])).Count > 0;
    }

    private const int LongestTaste = 9;

    private static readonly FrozenSet<string> Speakers = Set("i i'm ich me je j'aime j'adore eu mir a soy sou");

    private static readonly FrozenSet<string> Pointers = Set("its his their it this that these those the your you them him her when how being seeing das es eso esto ça isso quando cuando");

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
