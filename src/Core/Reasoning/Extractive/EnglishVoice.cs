using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>English: names for pronouns, contractions opened, verbs agreeing, left-out subjects filled in.</summary>
internal sealed class EnglishVoice : Voice
{
    public static readonly EnglishVoice Instance = new();

    private static readonly FrozenDictionary<string, string[]> Contractions = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["i'm"] = ["I", "am"],
        ["im"] = ["I", "am"],
        ["i've"] = ["I", "have"],
        ["ive"] = ["I", "have"],
        ["i'll"] = ["I", "will"],
        ["i'd"] = ["I", "'d"],
        ["you're"] = ["you", "are"],
        ["you've"] = ["you", "have"],
        ["you'll"] = ["you", "will"],
        ["you'd"] = ["you", "'d"],
        ["we're"] = ["we", "are"],
        ["we've"] = ["we", "have"],
        ["we'll"] = ["we", "will"],
        ["we'd"] = ["we", "'d"],
        ["gonna"] = ["going", "to"],
        ["wanna"] = ["want", "to"],
        ["gotta"] = ["have", "to"],
        ["kinda"] = ["kind", "of"],
        ["sorta"] = ["sort", "of"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Openings without a subject in which "I" (or "I am") is meant: "Excited to …", "Planning a …".
    private static readonly FrozenSet<string> Feelings =
        "excited glad happy stoked thrilled proud grateful thankful nervous sad sorry pumped eager keen lucky ready tired busy off back".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Progressives =
        "going planning working trying thinking looking hoping feeling doing making learning studying taking getting getting enjoying reading writing training living moving starting preparing visiting".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // "All set!", "Loved by many": past forms that open a sentence without being its verb.
    private static readonly FrozenSet<string> FalsePasts =
        "left used based given united limited mixed speed indeed need hundred sacred red bed was were said".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Auxiliaries =
        "are were have do can could will would should may might must can't won't wouldn't couldn't don't aren't weren't haven't did didn't had was 'd".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public override string Says(string speaker) => speaker + " says";

    public override string Asks(string speaker) => speaker + " asks:";

    public override Retelling Retell(List<Token> tokens, Cast cast)
    {
        var words = WithSubject(Open(tokens));
        var told = new List<Token>(words.Count + 4);
        var named = false;
        var pending = false;
        var inflected = false;
        for (var i = 0; i < words.Count; i++)
        {
            var token = words[i];
            if (!token.IsWord && token.Text != "'d")
            {
                if (token.Text is not ("," or "\"" or "(" or ")" or "%")) pending = false;
                if (token.Text is not ",") inflected = false;
                told.Add(token);
                continue;
            }

            var lower = token.Lower;
            switch (lower)
            {
                case "i":
                    pending = !IsCompound(words, i) && !(i > 0 && words[i - 1].Lower is "can" or "should" or "could" or "do" or "did" or "will" or "would");
                    Name(cast.Speaker);
                    continue;
                case "me":
                    Name(named ? "them" : cast.Speaker);
                    continue;
                case "my":
                    Name(named ? "their" : cast.Speaker + "'s");
                    continue;
                case "mine":
                    Name(named ? "theirs" : cast.Speaker + "'s");
                    continue;
                case "myself":
                    Put(named ? "themself" : cast.Speaker);
                    continue;
                case "we":
                    Name(cast.Speaker + " and others");
                    continue;
                case "us":
                    Name(named ? "them" : cast.Speaker + " and others");
                    continue;
                case "our":
                    Name(named ? "their" : cast.Speaker + "'s");
                    continue;
                case "ours" or "ourselves":
                    Put(lower == "ours" ? "theirs" : "themselves");
                    continue;
                case "you" when cast.Addressee is { } other:
                    pending = IsSubject(words, i);
                    Put(other);
                    continue;
                case "your" or "yours" when cast.Addressee is { } owner:
                    Put(owner + "'s");
                    continue;
                case "yourself" when cast.Addressee is not null:
                    Put("themself");
                    continue;
            }

            if (lower == "'d")
            {
                Put(HadFollows(words, i + 1) ? "had" : "would", spaced: true);
                pending = false;
                continue;
            }

            if (pending && !EnglishVerbs.IsAdverb(lower) && !char.IsDigit(lower[0]))
            {
                pending = false;
                var form = EnglishVerbs.ThirdPerson(lower);
                inflected = form is not null;
                Put(form ?? token.Text);
                continue;
            }

            // "I love hiking and go every week": the second verb agrees too.
            if (inflected && i > 1 && words[i - 1].Lower is "and" or "but" or "or" && EnglishVerbs.IsCommon(lower) && EnglishVerbs.ThirdPerson(lower) is { } second)
            {
                Put(second);
                continue;
            }

            told.Add(token);

            void Name(string name)
            {
                Put(name);
                named = true;
            }

            void Put(string text, bool? spaced = null) => told.Add(new Token(text, spaced ?? token.Spaced));
        }

        return new Retelling(told, named);
    }

    private static List<Token> Open(List<Token> tokens)
    {
        var open = new List<Token>(tokens.Count + 2);
        foreach (var token in tokens)
        {
            if (token.IsWord && Contractions.TryGetValue(token.Lower, out var parts))
            {
                open.Add(new Token(parts[0], token.Spaced));
                open.Add(new Token(parts[1], true));
            }
            else
            {
                open.Add(token);
            }
        }

        return open;
    }

    private static List<Token> WithSubject(List<Token> words)
    {
        var first = 0;
        while (first < words.Count && EnglishVerbs.IsAdverb(words[first].Lower)) first++;
        if (first + 1 >= words.Count) return words;
        var verb = words[first].Lower;
        var next = words[first + 1].Lower;
        string[]? subject = verb switch
        {
            "been" when !IsTime(words, first + 1) => ["I", "have"],
            "can't" or "couldn't" or "want" or "hope" or "wish" when next is not ("you" or "your") => ["I"],
            _ when Progressives.Contains(verb) && next is not ("is" or "was" or "can" or "has" or "are") && !HasVerbLater(words, first) && !IsToBe(words, first) => ["I", "am"],
            _ when Feelings.Contains(verb) && next is "to" or "about" or "that" or "with" or "for" or "i" => ["I", "am"],
            _ when EnglishVerbs.IsPast(verb) && !FalsePasts.Contains(verb) && next is not ("by" or "that" or "," or "is") => ["I"],
            _ => null,
        };
        if (subject is null) return words;
        var filled = subject.Select((word, i) => new Token(word, i > 0)).ToList();
        filled.AddRange(words.Select((word, i) => i == 0 ? new Token(word.Lower, true) : word));
        return filled;
    }

    /// <summary>"Starting a business takes courage": what opens the sentence is its subject.</summary>
    private static bool HasVerbLater(List<Token> words, int first) =>
        words.Skip(first + 1).TakeWhile(word => word.IsWord).Take(FarthestVerb)
            .Any(word => word.Lower is "is" or "was" or "has" or "can" or "will" || word.Lower.EndsWith('s') && (EnglishVerbs.IsCommon(word.Lower[..^1]) && word.Lower is not ("plans" or "plays" or "loves" or "looks" or "drives" or "talks" or "visits" or "works") || word.Lower is "means" or "brings" or "seems" or "teaches" or "reminds"));

    private const int FarthestVerb = 12;

    /// <summary>"Been a busy week", "been ages": not the speaker has been that.</summary>
    private static bool IsTime(List<Token> words, int from) =>
        words.Skip(from).TakeWhile(word => word.IsWord).Take(4).Any(word => word.Lower is "day" or "days" or "week" or "weeks" or "month" or "months" or "year" or "time" or "while" or "ages" or "ride" or "journey")
        && words[from].Lower is "a" or "an" or "the" or "such" or "quite" or "so" or "too" or "ages" or "long" or "forever";

    /// <summary>"Gonna be a great night": something will be so, not the speaker.</summary>
    private static bool IsToBe(List<Token> words, int first) =>
        first + 3 < words.Count && words[first].Lower == "going" && words[first + 1].Lower == "to" && words[first + 2].Lower == "be" && words[first + 3].Lower is "a" or "an" or "the" or "so" or "such" or "great" or "fun" or "amazing" or "awesome" or "epic";

    /// <summary>"My brother and I are …": the verb stays plural. Further on a clause of its own begins: "She cooks well and I …".</summary>
    private static bool IsCompound(List<Token> words, int i) =>
        i is > 1 and <= 4 && words[i - 1].Lower is "and" && words[..i].TrueForAll(word => word.IsWord && word.Lower is not ("i" or "we" or "you"));

    private static bool IsSubject(List<Token> words, int i)
    {
        // "let you know", "help you move"
        if (i > 0 && words[i - 1].Lower is "let" or "help" or "make" or "see" or "hear" or "watch" or "to" or "with" or "for") return false;
        var at = i + 1;
        while (at < words.Count && EnglishVerbs.IsAdverb(words[at].Lower)) at++;
        return at < words.Count && (Auxiliaries.Contains(words[at].Lower) || EnglishVerbs.IsCommon(words[at].Lower));
    }

    private static bool HadFollows(List<Token> words, int at)
    {
        while (at < words.Count && EnglishVerbs.IsAdverb(words[at].Lower)) at++;
        return at < words.Count && (words[at].Lower == "better" || EnglishVerbs.IsParticiple(words[at].Lower));
    }
}
