namespace Kith.Core.Reasoning.Extractive;

/// <summary>Makes a statement of a question and an answer that is no sentence: "Where are you from?" and "Portugal." (English).</summary>
internal static class ShortAnswer
{
    /// <summary>More words are likely to be a sentence of their own.</summary>
    private const int Longest = 8;

    /// <summary>"What is your favourite kind of music?" names the matter in so many words.</summary>
    private const int LongestMatter = 6;

    private static readonly HashSet<string> _sentences =
        new("i i'm i've i'd i'll you we we're he she they is are am was were have has had do does did can will would should not don't good great fine ok okay sure none nothing never what why how who".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> _emphasis = new("definitely probably easily just still currently honestly actually mostly mainly".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> _prepositions = new("in at on near by with for since until from to around over outside".Split(' '), StringComparer.Ordinal);

    /// <summary>The first-person clause that the answer stands for; null when it answers with a sentence, or the question asks for no single thing.</summary>
    public static List<Token>? Combine(string question, string answer, IReadOnlyList<string> names)
    {
        if (Said(answer, names) is not { } said) return null;
        var asked = Token.Split(question.TrimEnd('?', ' ', '!')).Where(token => token.IsWord).Select(token => token.Lower).ToArray();
        string[] opening = asked is [var word, "is" or "are", ..] ? [word + "'s", .. asked[2..]] : asked;
        return opening switch
        {
            ["how", "old", "are", "you", ..] when said.Exists(token => char.IsDigit(token.Text[0])) => Clause("I am", said),
            ["where's" or "where", ..] when asked is ["where", "are" or "do", "you", .., "from"] => Clause("I am from", Without(said, "from")),
            ["where", "do", "you", "live", ..] => Clause("I live", Placed(said)),
            ["what", "do", "you", "do"] or ["what", "do", "you", "do", "for", ..] => said[0].Lower is "a" or "an" ? Clause("I am", said) : Clause("I work as a", [said[0] with { Text = said[0].Lower }, .. said.Skip(1)]),
            ["what's" or "when's" or "who's" or "which's" or "where's", "your", .. var matter] when matter.Length is > 0 and <= LongestMatter => Clause($"My {string.Join(' ', matter)} is", said),
            _ => null,
        };
    }

    /// <summary>The words of an answer that is a name, a number or a phrase.</summary>
    private static List<Token>? Said(string answer, IReadOnlyList<string> names)
    {
        if (Clauses.Split(answer, names) is not [var said]) return null;
        if (said[0].Lower is "it's" or "that's" or "its") said = said[1..];
        while (said.Count > 1 && (_emphasis.Contains(said[0].Lower) || !said[0].IsWord)) said = said[1..];
        return said.Count is 0 or > Longest || said.Exists(token => _sentences.Contains(token.Lower)) ? null : said;
    }

    private static List<Token> Placed(List<Token> said) => _prepositions.Contains(said[0].Lower) ? [said[0] with { Text = said[0].Lower }, .. said.Skip(1)] : [new Token("in", true), .. said];

    private static List<Token> Without(List<Token> said, string first) => said.Count > 1 && said[0].Lower == first ? said[1..] : said;

    private static List<Token> Clause(string opening, List<Token> said) =>
        [.. Token.Split(opening), said[0] with { Spaced = true }, .. said.Skip(1)];
}
