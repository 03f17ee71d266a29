using System.Collections.Frozen;
using System.Text;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Words of a text as recall compares them: lower case, without accents, stop words left out, lightly stemmed.</summary>
internal static class Words
{
    /// <summary>Longer runs of letters are no words; they are cut, so that hostile text costs no more than its length.</summary>
    private const int LongestWord = 40;

    private static readonly FrozenSet<string> Stops =
        ("""
        a an the and or but if then of to in on at for with by from as is are was were be been being am do does did doing has have had having it its
        this that these those i you he she they we me him her them us my your his their our mine yours who whom which what when where why how whats whos wheres whens hows thats not no
        so too very can could will would should may might must shall just also about into over after before than there here such some any all more
        most other own only same s t d ll re ve m up out off down again once because while during both each few nor until against between through
        im ive id dont doesnt didnt isnt wasnt cant wont really got get gets getting yes yeah
        der die das den dem des ein eine einen einem einer und oder aber wenn von zu im am auf mit aus als ist sind war waren sein habe hat hatte
        ich du er sie es wir ihr mich mir dich dir uns nicht auch nur noch wie wer wo wann warum was fur bei nach seit sehr
        el la los las un una unos unas y o pero de del al en con por para como es son era fue ser estar esta este ha he han que se me te le su sus mi
        mis yo tu nos muy no si lo cuando donde quien
        le les une et ou mais des du au aux dans avec par pour sur est sont etait etre je il elle on nous vous ils mon ma mes ton ta ses son sa ce
        cette qui que quoi ne pas plus ai as ont
        um uma e os as do da dos das no na nos nas com para por como eu ele ela eles meu minha seu sua foi muito nao sim quem onde quando
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsStop(string folded) => Stops.Contains(folded);

    /// <summary>Whether a capital at the start of the word comes from the sentence, not from a name: "It's", "Their", "When".</summary>
    public static bool IsFunction(string word)
    {
        var end = word.IndexOfAny(['\'', ',']);
        var lower = (end > 0 ? word[..end] : word).ToLowerInvariant();
        return Stops.Contains(lower) || Openers.Contains(lower);
    }

    private static readonly FrozenSet<string> Openers =
        "one two three four five six seven eight nine ten being having seeing going doing making getting trying playing working life time people things lots maybe hopefully unfortunately sometimes recently lately since although though even today music family friends nothing everything everyone another every many much always never still now when if".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All words in order, folded, stop words included.</summary>
    public static List<string> Folded(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (IsIdeograph(c))
            {
                End();
                words.Add(c.ToString());
            }
            else if (char.IsLetterOrDigit(c))
            {
                if (word.Length < LongestWord) Fold(c, word);
            }
            else if (c is not ('\'' or '’'))
            {
                End();
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>The stems of the words that carry content, in order, with repetitions.</summary>
    public static List<string> Content(string text)
    {
        var stems = new List<string>();
        foreach (var word in Folded(text))
            if (!Stops.Contains(word)) stems.Add(Stem(word));
        return stems;
    }

    public static HashSet<string> ContentSet(string text) => [.. Content(text)];

    /// <summary>A light stem: plural, tense and adverb endings, irregular English verbs, final vowels.</summary>
    public static string Stem(string word)
    {
        if (word.Length <= 3) return word;
        // Its ending is none: "movie" has nothing to do with "moved".
        if (word is "movie" or "movies") return "movie";
        if (EnglishVerbs.BaseOf(word) is { } verb) word = verb;
        var end = word.Length;
        foreach (var ending in Endings)
        {
            if (end - ending.Length < 3 || !word.EndsWith(ending, StringComparison.Ordinal)) continue;
            end -= ending.Length;
            break;
        }

        while (end > 3 && word[end - 1] is 'e' or 'o' or 'a' or 'y' or 'i') end--;
        if (end > 3 && end < word.Length && word[end - 1] == word[end - 2] && word[end - 1] is not ('l' or 's')) end--;
        return word[..end];
    }

    private static readonly string[] Endings = ["ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "en", "s"];

    private static bool IsIdeograph(char c) => c is >= '぀' and <= 'ヿ' or >= '㐀' and <= '鿿' or >= '가' and <= '힣';

    private static void Fold(char c, StringBuilder into)
    {
        c = char.ToLowerInvariant(c);
        if (c < 0x80)
        {
            into.Append(c);
            return;
        }

        if (c == 'ß') into.Append("ss");
        else if (c == 'æ') into.Append("ae");
        else if (c == 'œ') into.Append("oe");
        else into.Append(Plain(c));
    }

    private static char Plain(char c) => c switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' => 'a',
        'ç' => 'c',
        'è' or 'é' or 'ê' or 'ë' => 'e',
        'ì' or 'í' or 'î' or 'ï' => 'i',
        'ñ' => 'n',
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' => 'o',
        'ù' or 'ú' or 'û' or 'ü' => 'u',
        'ý' or 'ÿ' => 'y',
        _ => c,
    };
}
