using System.Collections.Frozen;
using System.Text;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>The sentences of a message, without code, quotes, markup, links and image captions. Linear in the text.</summary>
internal static class SentenceSplitter
{
    /// <summary>What stands behind this in one message is not read sentence by sentence; recall still finds it by text.</summary>
    private const int LongestMessage = 8000;

    private const int LongestSentence = 600;

    private static readonly FrozenSet<string> Abbreviations =
        FrozenSet.ToFrozenSet(["mr", "mrs", "ms", "dr", "st", "prof", "vs", "etc", "e.g", "i.e", "no", "approx", "sr", "jr", "z.b", "bzw", "ca", "sra", "dra", "mme", "m", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "okt", "nov", "dec", "dez"], StringComparer.Ordinal);

    public static List<string> Split(string text)
    {
        var sentences = new List<string>();
        var fenced = false;
        if (text.Length > LongestMessage) text = text[..LongestMessage];
        var lines = text.Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Code.IsMostOf(lines)) return sentences;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal))
            {
                fenced = !fenced;
                continue;
            }

            if (fenced || line[0] is '>' or '|' or '<' or '{' or '}' || Code.Is(line)) continue;
            SplitLine(Plain(line), sentences);
        }

        return sentences;
    }

    private static void SplitLine(string line, List<string> sentences)
    {
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var full = line[i] is '。' or '！' or '？' || i - start > LongestSentence;
            if (!full && line[i] is not ('.' or '!' or '?' or '…')) continue;
            if (!full)
            {
                while (i + 1 < line.Length && line[i + 1] is '.' or '!' or '?' or '…' or '"' or ')' or '\'') i++;
                if (i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1])) continue;
                if (line[i] == '.' && IsAbbreviation(line, start, i)) continue;
            }

            Add(line[start..(i + 1)], sentences);
            start = i + 1;
        }

        Add(line[start..], sentences);
    }

    private static void Add(string sentence, List<string> sentences)
    {
        sentence = sentence.Trim();
        if (sentence.Any(char.IsLetterOrDigit)) sentences.Add(sentence);
    }

    private static bool IsAbbreviation(string line, int start, int dot)
    {
        var word = dot;
        while (word > start && (char.IsLetterOrDigit(line[word - 1]) || line[word - 1] == '.')) word--;
        var text = line[word..dot];
        // "8. Mai" and "J. Smith" go on; "in 2019." ends.
        return Abbreviations.Contains(text.ToLowerInvariant())
            || text.Length > 0 && char.IsUpper(text[^1]) && text is not "I" && (text.Length == 1 || text[^2] == '.')
            || text.Length is 1 or 2 && text.All(char.IsDigit) && dot + 2 < line.Length && char.IsLetter(line[dot + 2]);
    }

    /// <summary>The line without list marks, emphasis, inline code, links, bracketed notes and pictographs.</summary>
    private static string Plain(string line)
    {
        var from = 0;
        while (from < line.Length && line[from] is '#' or '*' or '-' or '+' or ' ' or '•') from++;
        var plain = new StringBuilder(line.Length);
        for (var i = from; i < line.Length; i++)
        {
            var c = line[i];
            if (c is '[' or '`')
            {
                var close = line.IndexOf(c == '[' ? ']' : '`', i + 1);
                if (close < 0) continue;
                // A link keeps its label, a note such as "[image: …]" goes.
                if (c == '[' && close + 1 < line.Length && line[close + 1] == '(' && line.IndexOf(')', close) is > 0 and var end)
                {
                    plain.Append(line, i + 1, close - i - 1);
                    i = end;
                }
                else
                {
                    i = close;
                }
            }
            else if (c == 'h' && (Starts(line, i, "http://") || Starts(line, i, "https://")))
            {
                while (i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1])) i++;
            }
            else if (c is '*' or '~' || char.IsControl(c) || IsPictograph(c))
            {
                if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
            }
            else
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    private static bool Starts(string line, int at, string prefix) => string.CompareOrdinal(line, at, prefix, 0, prefix.Length) == 0;

    private static bool IsPictograph(char c) => char.IsSurrogate(c) || c is >= '☀' and <= '➿' or '️' or '‍';
}
