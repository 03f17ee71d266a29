using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>English verb forms: what changes when "I" becomes a name.</summary>
internal static class EnglishVerbs
{
    // past > base; participles that differ follow after a slash.
    private static readonly (string Base, string Past, string Participle)[] Irregular =
        [.. """
        go went gone|see saw seen|get got gotten|make made made|take took taken|find found found|think thought thought|feel felt felt|buy bought bought
        bring brought brought|teach taught taught|catch caught caught|come came come|become became become|begin began begun|break broke broken
        build built built|choose chose chosen|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen
        fight fought fought|fly flew flown|forget forgot forgotten|give gave given|grow grew grown|have had had|hear heard heard|hold held held
        keep kept kept|know knew known|lead led led|leave left left|lend lent lent|lose lost lost|mean meant meant|meet met met|pay paid paid
        ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|sell sold sold|send sent sent|shoot shot shot|show showed shown
        sing sang sung|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent|stand stood stood|steal stole stolen|swim swam swum
        tell told told|throw threw thrown|understand understood understood|wake woke woken|wear wore worn|win won won|write wrote written|hide hid hidden
        stick stuck stuck|hang hung hung|dream dreamt dreamt|learn learnt learnt|burn burnt burnt|deal dealt dealt|dig dug dug|feed fed fed
        """.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .Select(forms => (forms[0], forms[1], forms[2]))];

    private static readonly FrozenDictionary<string, string> Bases =
        Irregular.SelectMany(verb => new[] { (Form: verb.Past, verb.Base), (Form: verb.Participle, verb.Base) })
            .Where(pair => pair.Form != pair.Base)
            .DistinctBy(pair => pair.Form)
            .ToFrozenDictionary(pair => pair.Form, pair => pair.Base, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Pasts =
        Irregular.ToFrozenDictionary(verb => verb.Base, verb => verb.Past, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Participles =
        Irregular.Select(verb => verb.Participle).Append("been").ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Changed = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["am"] = "is",
        ["are"] = "is",
        ["were"] = "was",
        ["have"] = "has",
        ["do"] = "does",
        ["don't"] = "doesn't",
        ["dont"] = "doesn't",
        ["haven't"] = "hasn't",
        ["aren't"] = "isn't",
        ["weren't"] = "wasn't",
        ["go"] = "goes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Invariable =
        Set("""
            is was has had did does can could will would shall should may might must can't cannot couldn't won't wouldn't shouldn't didn't doesn't wasn't hadn't
            isn't hasn't used put cut hit let set read cost quit spread bet upset hurt ought been being
            """);

    // Verbs that end like a past form.
    private static readonly FrozenSet<string> PresentInEd = Set("need feed speed succeed proceed exceed breed bleed weed heed embed");

    private static readonly FrozenSet<string> Common =
        Set("""
            go love like want need have do make take get work play live use try enjoy help hope think feel know see watch read write run teach learn spend
            give keep find look call meet eat cook paint draw sing dance travel hike swim walk ride drive speak study own prefer hate plan believe miss
            volunteer train visit collect practice relax start stop wear buy sell bring share
            """);

    private static readonly FrozenSet<string> Adverbs =
        Set("""
            just really also always never still recently finally actually usually often sometimes only already even totally definitely absolutely literally
            currently mostly honestly probably certainly truly rarely normally generally especially basically first now then once kinda sort almost both all
            not ever soon maybe simply particularly seriously currently
            """);

    /// <remarks>"goes" is too short for its ending to be cut off.</remarks>
    public static string? BaseOf(string form) => form == "goes" ? "go" : Bases.GetValueOrDefault(form);

    public static bool IsAdverb(string word) =>
        Adverbs.Contains(word) || (word.Length > 5 && word.EndsWith("ly", StringComparison.Ordinal) && word is not ("family" or "apply" or "supply" or "reply"));

    public static bool IsCommon(string word) => Common.Contains(word);

    public static bool IsPast(string word) =>
        Bases.ContainsKey(word) || word is "was" or "were" || (word.Length > 3 && word.EndsWith("ed", StringComparison.Ordinal) && !PresentInEd.Contains(word));

    public static bool IsParticiple(string word) => Participles.Contains(word) || (word.EndsWith("ed", StringComparison.Ordinal) && !PresentInEd.Contains(word));

    /// <summary>The past of a base form: "study" → "studied".</summary>
    public static string Past(string verb)
    {
        if (Pasts.TryGetValue(verb, out var past)) return past;
        if (Invariable.Contains(verb)) return verb;
        if (verb.EndsWith('e')) return verb + "d";
        if (verb.Length > 1 && verb.EndsWith('y') && !IsVowel(verb[^2])) return verb[..^1] + "ied";
        return EndsShort(verb) ? verb + verb[^1] + "ed" : verb + "ed";
    }

    /// <summary>The form after a singular name of what stands after "I" or "you"; null when it stays as it is.</summary>
    public static string? ThirdPerson(string verb)
    {
        if (Changed.TryGetValue(verb, out var changed)) return changed;
        if (Invariable.Contains(verb) || IsPast(verb) || verb.Length < 2 || verb.EndsWith("ing", StringComparison.Ordinal) && verb.Length > 5) return null;
        if (!verb.All(char.IsAsciiLetterLower)) return null;
        if (verb.EndsWith('y') && !IsVowel(verb[^2])) return verb[..^1] + "ies";
        return verb[^1] is 's' or 'x' or 'z' or 'o' || verb.EndsWith("ch", StringComparison.Ordinal) || verb.EndsWith("sh", StringComparison.Ordinal)
            ? verb + "es"
            : verb + "s";
    }

    private static bool EndsShort(string verb) =>
        verb.Length is 3 or 4 && !IsVowel(verb[^1]) && verb[^1] is not ('w' or 'x' or 'y') && IsVowel(verb[^2]) && !IsVowel(verb[^3]);

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
