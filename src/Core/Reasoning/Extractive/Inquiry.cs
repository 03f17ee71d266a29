using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>What a question asks for: the words that an answer must share, and the people it names.</summary>
internal sealed class Inquiry
{
    // Words that ask rather than name what is asked for.
    private static readonly FrozenSet<string> Asking =
        Words.ContentSet("""
            know tell describe say said mention mentioned think kind kinds type types sort many much often long far old time times day date year month week name names ever recent recently
            currently now right life someone anyone something anything everything thing things person people user player customer guy please profile fact facts information summary summarise summarize overview remember happened happen
            doing going think about according likely discuss share shared describe partake involve involved specific particular example reason way latest take taken took plan planned planning talk talked yes answer mainly different various would could might considered consider want favourite favorite like wissen weißt weiß erzähl sag heißt gibt macht
            sabes sabe cuenta dime hace sais sait dis fait sabe conte diga faz
            """).ToFrozenSet(StringComparer.Ordinal);

    // Days are compared with the time of the evidence, not with its words.
    private static readonly FrozenSet<string> Months =
        Words.ContentSet("january february march april june july august september october november december januar februar juni juli oktober dezember enero febrero marzo abril junio julio agosto septiembre octubre noviembre diciembre monday tuesday wednesday thursday friday saturday sunday weekend")
            .ToFrozenSet(StringComparer.Ordinal);

    // Only words whose exchange keeps the question the same.
    private static readonly string[][] Groups =
        [
            ["job", "work", "occupation", "profession", "career", "employer", "employed", "company", "nurse", "teacher", "engineer", "arbeitet", "beruf", "trabaja", "trabajo", "travaille", "métier", "trabalha", "emprego"],
            ["live", "home", "reside", "moved", "hometown", "city", "based", "relocated", "settled", "wohnt", "wohnen", "gezogen", "vive", "mudó", "habite", "déménagé", "mora", "mudou"],
            ["spouse", "husband", "wife", "married", "partner", "wedding"],
            ["kid", "child", "children", "son", "daughter"],
            ["pet", "dog", "cat", "puppy", "kitten", "hund", "katze", "perro", "gato", "chien", "cachorro"],
            ["mom", "mother", "mum"],
            ["dad", "father"],
            ["grandma", "grandmother", "granny"],
            ["grandpa", "grandfather"],
            ["buy", "purchase", "bought"],
            ["gift", "present"],
            ["start", "begin", "began"],
            ["movie", "film"],
            ["trip", "travel", "vacation", "holiday", "visit"],
            ["school", "university", "college", "degree", "study", "education"],
            ["hobby", "hobbies", "activity", "activities", "enjoy", "interest", "like", "love"],
            ["photo", "picture", "image"],
            ["sick", "ill", "illness"],
            ["relax", "destress", "unwind", "stress"],
            ["colour", "color"],
            ["picnic", "lunch"],
            ["beach", "ocean", "sea"],
            ["car", "vehicle"],
            ["sibling", "brother", "sister"],
            ["old", "age"],
            ["allergic", "allergy"],
            ["dislike", "hate", "detest"],
            ["symbolize", "represent", "mean", "symbol"],
            ["afraid", "fear", "scared"],
            ["single", "relationship", "status", "dating", "boyfriend", "girlfriend"],
        ];

    private static readonly FrozenDictionary<string, int> Synonyms =
        Groups.SelectMany((group, i) => group.Select(word => (Stem: StemOf(word), i))).DistinctBy(pair => pair.Stem).ToFrozenDictionary(pair => pair.Stem, pair => pair.i, StringComparer.Ordinal);

    private static readonly (string Stem, string Slot)[] Slotted = [(StemOf("live"), "home"), (StemOf("job"), "job"), (StemOf("age"), "age"), (StemOf("status"), "relationship"), (StemOf("name"), "name")];

    private static readonly FrozenSet<string> Earlier = "before previously formerly earlier früher vorher zuvor antes antiguamente avant auparavant anteriormente".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A pasted text is no question; its first words have to do.</summary>
    private const int MostTerms = 32;

    private Inquiry(List<string> terms, string? subject, HashSet<string> people, bool isPast)
    {
        IsPast = isPast;
        Terms = terms;
        Subject = subject;
        People = people;
    }

    /// <summary>What an answer has to share; empty for an open question.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The peer whom the question is about, where one is fixed.</summary>
    public string? Subject { get; }

    /// <summary>Stems of names: who speaks of whom, not what.</summary>
    public HashSet<string> People { get; }

    public bool IsOpen => Terms.Count == 0;

    /// <summary>Asks for what was true before: "Where did alice live before?", "What did alice use to do?".</summary>
    public bool IsPast { get; }

    /// <summary>The relative whom the question is about: "alice's brother".</summary>
    public string? Relative => Terms.FirstOrDefault(Kinship.Stems.Contains);

    /// <summary>The exclusive fact that the question asks for and nothing else: "Where does alice live?", not "Where does alice's brother live?".</summary>
    public string? Slot => Terms is [var term] ? Slotted.FirstOrDefault(slot => Same(term, slot.Stem)).Slot : null;

    /// <param name="peers">Who else speaks in what was recalled: their names say nothing about the matter.</param>
    public static Inquiry Of(Question question, IEnumerable<string> peers)
    {
        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in peers.Append(question.Observed).Append(question.Observer))
            foreach (var word in id is null ? [] : Words.Folded(id)) people.Add(Words.Stem(word));
        var terms = new List<string>();
        foreach (var stem in Words.Content(question.Text))
        {
            if (terms.Count == MostTerms) break;
            if (terms.Contains(stem) || Asking.Contains(stem) || Months.Contains(stem) || IsDay(stem)) continue;
            // "Mel" for "melanie".
            if (!people.Contains(stem) && !(stem.Length >= 3 && people.Any(name => name.StartsWith(stem, StringComparison.Ordinal)))) terms.Add(stem);
        }

        // What somebody does for a living is the job, not where they live.
        var lower = question.Text.ToLowerInvariant();
        if (lower.Contains("for a living", StringComparison.Ordinal))
            terms = [.. terms.Where(term => term != Words.Stem("living")), Words.Stem("job")];

        // "Which food does alice like?" has one word left, "How old is alice?" none but what it asks for.
        if (terms.Count == 0)
        {
            if (lower.Contains("how old", StringComparison.Ordinal)) terms.Add(Words.Stem("age"));
            else if (Words.Folded(lower).Contains("name")) terms.Add(Words.Stem("name"));
            else if (lower.Contains("like", StringComparison.Ordinal) && !lower.Contains("what is", StringComparison.Ordinal)) terms.Add(Words.Stem("like"));
        }

        var isPast = lower.Contains("use to", StringComparison.Ordinal) || lower.Contains("used to", StringComparison.Ordinal) || Token.Split(lower).Exists(token => Earlier.Contains(token.Text));
        return new Inquiry([.. terms.Where(term => !isPast || term != Words.Stem("use") && term != Words.Stem("used") && !IsEarlier(term))], question.Observed ?? question.Observer, people, isPast);
    }

    /// <summary>Whether two stems mean the same for a question.</summary>
    public static bool Same(string left, string right) =>
        left == right
        || Synonyms.TryGetValue(left, out var one) && Synonyms.TryGetValue(right, out var other) && one == other
        || left.Length >= 5 && right.Length >= 5 && left.AsSpan(0, 5).SequenceEqual(right.AsSpan(0, 5)) && Math.Abs(left.Length - right.Length) <= 4;

    private static bool IsEarlier(string stem) => Earlier.Any(word => Words.Folded(word) is [var folded] && Words.Stem(folded) == stem);

    private static bool IsDay(string stem) =>
        char.IsDigit(stem[0]) && (stem.All(char.IsDigit) && stem.Length is 1 or 2 or 4 || stem[^1] is 't' or 'h' or 'd' or 's');

    private static string StemOf(string word) => Words.Folded(word) is [var folded] ? Words.Stem(folded) : word;
}
