using System.Buffers;
using System.Collections.Frozen;

namespace Kith.Core.Recall;

/// <summary>
/// One light stemmer for every text, because the language of a question is rarely known: irregular English forms, plurals and
/// endings of English, and the endings of German, Spanish, French and Portuguese that do no harm to the others.
/// It only has to be the same for question and text; a stem need not be a word.
/// </summary>
internal static class Stemmer
{
    private const string IrregularForms =
        """
        ate,eaten:eat|became:become|been,being,was,were,is,are,am:be|began,begun:begin|bent:bend|bit,bitten:bite|blew,blown:blow|bought:buy|broke,broken:break
        brought:bring|built:build|burnt:burn|came:come|caught:catch|children:child|chose,chosen:choose|dealt:deal|did,doing,done,does:do|dove:dive|drank,drunk:drink
        drawn,drew:draw|dreamt:dream|driven,drove:drive|dug:dig|fallen,fell:fall|fed:feed|feet:foot|felt:feel|flew,flown:fly|forgot,forgotten:forget
        forgave,forgiven:forgive|fought:fight|found:find|froze,frozen:freeze|gave,given:give|geese:goose|goes,going,gone,went:go|got,gotten:get|grew,grown:grow
        had,has:have|heard:hear|held:hold|hid,hidden:hide|hung:hang|kept:keep|knew,known:know|knives:knife|laid:lay|learnt:learn|led:lead|left:leave|lent:lend
        lives:life|lit:light|lost:lose|made:make|meant:mean|men:man|met:meet|mice:mouse|paid:pay|people:person|ran:run|rang,rung:ring|ridden,rode:ride
        risen,rose:rise|said:say|sang,sung:sing|sank,sunk:sink|sat:sit|saw,seen:see|sent:send|sewn:sew|shaken,shook:shake|shelves:shelf|shone:shine|shot:shoot
        shown:show|slept:sleep|slid:slide|sold:sell|spent:spend|spoke,spoken:speak|spun:spin|stole,stolen:steal|stood:stand|struck:strike|stuck:stick|swam,swum:swim
        swept:sweep|swore,sworn:swear|swung:swing|taken,took:take|taught:teach|teeth:tooth|thought:think|threw,thrown:throw|told:tell|tore,torn:tear
        understood:understand|wives:wife|woke,woken:wake|women:woman|won:win|wore,worn:wear|wrote,written:write
        mum,mom,mommy,mummy,momma:mother|dad,daddy,papa:father|grandma,granny:grandmother|grandpa,granddad:grandfather|bike,biking:bicycle|tv:television
        photo,photos,pic,pics:photograph|fridge:refrigerator|fav:favorite|favourite:favorite|colour,colours:color|neighbour,neighbours:neighbor|kid,kids:child
        """;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Irregular = IrregularForms
        .Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(group => group.Split(':'))
        .SelectMany(group => group[0].Split(',').Select(form => KeyValuePair.Create(form, group[1])))
        .ToFrozenDictionary(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly string[] Suffixes = ["mente", "ement", "ness", "ment", "fully", "ful", "ally", "ly", "ation", "ion", "en"];

    /// <summary>Stems the first <paramref name="length"/> characters of <paramref name="word"/> in place; returns the new length.</summary>
    public static int Stem(Span<char> word, int length)
    {
        if (Irregular.TryGetValue(word[..length], out var regular))
        {
            regular.CopyTo(word);
            length = regular.Length;
        }

        if (length < 4 || !char.IsAsciiLetter(word[0]) || !char.IsAsciiLetter(word[length - 1]))
            return length;

        length = Plural(word, length);
        length = Tense(word, length);
        length = Derivation(word, length);
        return Ending(word, length);
    }

    private static int Plural(Span<char> word, int length)
    {
        var w = word[..length];
        if (length > 4 && w.EndsWith("ies"))
        {
            word[length - 3] = 'y';
            return length - 2;
        }

        if (w.EndsWith("sses") || w.EndsWith("shes") || w.EndsWith("ches") || w.EndsWith("xes") || w.EndsWith("zes"))
            return length - 2;
        if (w[^1] != 's' || w[^2] is 's' or 'u' or 'i')
            return length;
        return length - 1;
    }

    private static int Tense(Span<char> word, int length)
    {
        var w = word[..length];
        var cut = w.EndsWith("ing") ? 3 : w.EndsWith("ed") ? 2 : 0;
        if (cut == 0 || length - cut < 3 || !HasVowel(w[..^cut]))
            return length;
        length -= cut;
        return length > 3 && word[length - 1] == word[length - 2] && word[length - 1] is not ('l' or 's' or 'z' or 'e' or 'o')
            ? length - 1
            : length;
    }

    private static int Derivation(Span<char> word, int length)
    {
        foreach (var suffix in Suffixes)
        {
            if (length - suffix.Length >= 4 && word[..length].EndsWith(suffix))
                return length - suffix.Length;
        }

        return length;
    }

    private static int Ending(Span<char> word, int length)
    {
        if (length > 3 && word[length - 1] is 'e')
            length--;
        if (length > 5 && word[length - 1] is ('a' or 'o'))
            length--;
        if (length > 2 && word[length - 1] == 'y' && !IsVowel(word[length - 2]))
            word[length - 1] = 'i';
        return length;
    }

    private static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(Vowels);

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}
