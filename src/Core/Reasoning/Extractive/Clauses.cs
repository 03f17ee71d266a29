using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Sentences without greetings, fillers and forms of address, cut where a new subject begins.</summary>
internal static class Clauses
{
    private static readonly FrozenSet<string> Fillers =
        Set("""
            wow hey hi hello well oh ooh yeah yep yup yes no nope nah haha hahaha lol aw aww ah uh um hmm sure totally definitely absolutely exactly okay ok cool awesome
            great nice btw anyway honestly thanks thx congrats congratulations gosh omg yay please alright right indeed agreed true same sorry woah whoa amazing perfect
            sounds phew ugh man dude sweet fantastic wonderful bye cheers certainly hooray
            hallo ja nein naja tja also danke genau klar echt super ach na bitte stimmt
            hola sí gracias bueno pues vaya claro vale genial oye jaja ay
            salut bonjour oui non merci bon ben euh alors bref voilà ouais
            olá oi sim não obrigado obrigada bem então puxa nossa legal kkk pois
            """);

    /// <summary>Openers that fall away even without a comma behind them.</summary>
    private static readonly FrozenSet<string> LooseFillers =
        Set("actually basically well oh wow so and but plus yeah yep yup hey haha hahaha lol aw aww um uh hmm btw also anyway okay ok und aber pero y et mais e mas pues bueno então");

    private static readonly string[][] Phrases =
        [
            ["by", "the", "way"], ["you", "know", "what"], ["you", "know"], ["i", "mean"], ["of", "course"], ["thank", "you", "so", "much"], ["thank", "you"], ["thanks", "so", "much"], ["thanks", "a", "lot"],
            ["no", "worries"], ["for", "sure"], ["to", "be", "honest"], ["in", "fact"], ["oh", "my", "god"], ["good", "morning"], ["ehrlich", "gesagt"], ["por", "cierto"], ["la", "verdad"],
            ["au", "fait"], ["en", "fait"], ["a", "propósito"], ["na", "verdade"], ["muchas", "gracias"], ["vielen", "dank"], ["merci", "beaucoup"], ["muito", "obrigado"], ["muito", "obrigada"],
            ["as", "for", "me"], ["me", "too"], ["guess", "what"],
        ];

    /// <summary>What only asks to listen to what follows.</summary>
    private static readonly string[][] Calls =
        [["please", "remember", "that"], ["please", "remember"], ["remember", "that"], ["please", "note", "that"], ["note", "that"], ["keep", "in", "mind", "that"], ["just", "so", "you", "know"], ["don't", "forget", "that"], ["can", "you", "remember", "that"], ["merk", "dir", ",", "dass"], ["fyi"]];

    private static readonly FrozenSet<string> Conjunctions = Set("and but so und aber y pero et mais e mas");

    private static readonly FrozenSet<string> Subjects =
        Set("i i'm i've i'll i'd we we're we've my it it's that's he she they there's ich wir er yo je j'ai eu");

    /// <summary>Shorter pieces are not cut off: they say too little alone.</summary>
    private const int ShortestCut = 4;

    /// <summary>The clauses of a sentence, in order.</summary>
    public static List<List<Token>> Split(string sentence, IReadOnlyList<string> names)
    {
        var tokens = Strip(Token.Split(sentence), names);
        var clauses = new List<List<Token>>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var text = tokens[i].Text;
            quoted ^= text == "\"";
            if (quoted) continue;
            var isBreak = text is ";" or "—" or "–" || text == "-" && tokens[i].Spaced || text == "," && StartsClause(tokens, i + 1);
            if (!isBreak || i - start < ShortestCut || tokens.Count - i <= ShortestCut) continue;
            Add(tokens[start..i], names, clauses);
            start = i + 1;
        }

        Add(tokens[start..], names, clauses);
        return clauses;
    }

    private static void Add(List<Token> tokens, IReadOnlyList<string> names, List<List<Token>> clauses)
    {
        tokens = Strip(tokens, names);
        while (tokens.Count > 0 && !tokens[^1].IsWord && tokens[^1].Text is not ("\"" or ")" or "%" or "€" or "$")) tokens.RemoveAt(tokens.Count - 1);
        if (tokens.Exists(token => token.IsWord)) clauses.Add(tokens);
    }

    /// <summary>", and I …", ", but it …".</summary>
    private static bool StartsClause(List<Token> tokens, int at) =>
        at + 1 < tokens.Count && Conjunctions.Contains(tokens[at].Lower) && Subjects.Contains(tokens[at + 1].Lower);

    private static List<Token> Strip(List<Token> tokens, IReadOnlyList<string> names)
    {
        var start = 0;
        for (var length = -1; length != 0 && start < tokens.Count;)
        {
            length = Leading(tokens, start, names);
            start += length;
        }

        var end = tokens.Count;
        var last = end - 1;
        while (last >= start && !tokens[last].IsWord) last--;
        // ", Bob!" at the end is an address.
        if (last > start && tokens[last - 1].Text == "," && (IsName(tokens[last].Text, names) || tokens[last].Lower is "haha" or "lol" or "too" or "though" or "right"))
        {
            tokens.RemoveRange(last - 1, 2);
            end = tokens.Count;
        }

        return tokens[start..end];
    }

    private static int Leading(List<Token> tokens, int at, IReadOnlyList<string> names)
    {
        if (!tokens[at].IsWord) return tokens[at].Text is "\"" or "(" or "$" or "€" or "#" or "@" ? 0 : 1;
        foreach (var phrase in Phrases)
            if (Matches(tokens, at, phrase) && at + phrase.Length < tokens.Count && !tokens[at + phrase.Length].IsWord) return phrase.Length + 1;
        foreach (var call in Calls)
            if (Matches(tokens, at, call) && at + call.Length + 2 < tokens.Count) return call.Length;
        var alone = at + 1 < tokens.Count && !tokens[at + 1].IsWord && tokens[at + 1].Text is "," or "!" or "." or ";" or ":" or "-" or "…";
        var lower = tokens[at].Lower;
        if (alone && (Fillers.Contains(lower) || IsName(tokens[at].Text, names))) return 2;
        // "Thanks Bob, …"
        if (Fillers.Contains(lower) && at + 1 < tokens.Count && IsName(tokens[at + 1].Text, names)) return 2;
        return LooseFillers.Contains(lower) && at + 2 < tokens.Count ? 1 : 0;
    }

    private static bool Matches(List<Token> tokens, int at, string[] phrase)
    {
        if (at + phrase.Length > tokens.Count) return false;
        for (var i = 0; i < phrase.Length; i++)
            if (tokens[at + i].Lower != phrase[i]) return false;
        return true;
    }

    /// <summary>The name of another speaker, or its short form ("Mel" for "Melanie").</summary>
    private static bool IsName(string word, IReadOnlyList<string> names)
    {
        if (word.Length < 2) return false;
        foreach (var name in names)
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (word.Length >= 3 || word.Length == name.Length)) return true;
        return false;
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
