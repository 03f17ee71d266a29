namespace Kith.Core.Reasoning.Extractive;

/// <summary>Makes a statement of a yes/no question and its answer: "Did you study in Paris?" and "Yes, in 2019." (English).</summary>
internal static class YesNo
{
    /// <summary>More words after the yes are a statement of their own.</summary>
    private const int LongestRest = 4;

    private const int LongestThing = 10;

    /// <summary>The first-person clause that the answer stands for; null when the two do not fit surely.</summary>
    public static List<Token>? Combine(string question, string answer)
    {
        var asked = Token.Split(question.TrimEnd('?', ' ', '!'));
        var said = Token.Split(answer.TrimEnd('.', '!', ' '));
        if (said.Count == 0 || asked.Count < 3 || asked[1].Lower != "you" || asked.Exists(token => token.Lower is "or" or "," or "?")) return null;
        bool? yes = said[0].Lower switch
        {
            "yes" or "yeah" or "yep" or "yup" => true,
            "no" or "nope" => false,
            _ => null,
        };
        if (yes is not { } positive) return null;
        var from = said.Count > 1 && !said[1].IsWord ? 2 : 1;
        var rest = said.Count > from ? said[from..] : [];
        if (positive && Owned(asked, rest) is { } owned) return owned;
        if (rest.Count > LongestRest || rest.Exists(token => !token.IsWord)) return null;
        // "Yes, I did." repeats; "Yes, in 2019." adds; anything else may be another sentence.
        if (rest is [{ Lower: "i" or "we" }, ..]) rest = rest.Count == 2 ? [] : null;
        if (rest is null || rest.Count > 0 && rest[0].Lower is not ("in" or "on" or "at" or "since" or "for" or "last" or "every" or "with" or "twice" or "once" or "yesterday")) return null;
        if (!positive && rest.Count > 0) return null;

        var clause = Predicate(asked, positive);
        if (clause is null) return null;
        clause.AddRange(rest.Select((token, i) => i == 0 ? new Token(token.Lower, true) : token));
        return clause;
    }

    /// <summary>"Do you have any pets?" and "Yes, two cats, Luna and Milo."</summary>
    private static List<Token>? Owned(List<Token> asked, List<Token> rest) =>
        asked[0].Lower == "do" && asked[2].Lower == "have" && rest.Count is > 1 and <= LongestThing && (rest[0].Lower is "a" or "an" or "one" or "two" or "three" or "four" or "five" or "my" || char.IsDigit(rest[0].Text[0]))
            ? [new Token("I", false), new Token("have", true), rest[0] with { Text = rest[0].Lower, Spaced = true }, .. rest.Skip(1)]
            : null;

    private static List<Token>? Predicate(List<Token> asked, bool positive)
    {
        var tail = asked[2..].Where(token => token.Lower is not ("ever" or "already" or "yet" or "any")).Select(Mirror).ToList();
        if (tail.Count == 0) return null;
        List<Token> clause = [new Token("I", false)];
        switch (asked[0].Lower)
        {
            case "did" when positive:
                clause.Add(new Token(EnglishVerbs.Past(tail[0].Lower), true));
                tail.RemoveAt(0);
                break;
            case "do" when positive:
                break;
            case "are":
                clause.Add(new Token("am", true));
                if (!positive) clause.Add(new Token("not", true));
                break;
            case "did" or "do" or "have" or "were" or "can" or "will" or "would":
                clause.Add(new Token(asked[0].Lower == "were" ? "was" : asked[0].Lower, true));
                if (!positive) clause.Add(new Token("not", true));
                break;
            default:
                return null;
        }

        clause.AddRange(tail);
        return clause;
    }

    private static Token Mirror(Token token) => token.Lower switch
    {
        "your" => token with { Text = "my" },
        "my" => token with { Text = "your" },
        "yourself" => token with { Text = "myself" },
        _ => token,
    };
}
