using System.Globalization;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>A summary of the most telling sentences: dated, with their speaker, in order.</summary>
internal static class Digest
{
    /// <summary>Sentences that are weighed; of longer windows the newest.</summary>
    private const int MostCandidates = 4000;

    /// <summary>Lines that share more of their words say the same.</summary>
    private const double SameWords = 0.8;

    private const int LongestSentence = 300;

    private sealed record Line(int Order, string Text, HashSet<string> Words, double Bonus, bool IsPrevious);

    public static string? Of(SummaryRequest request, Func<string, int> countTokens)
    {
        var lines = Candidates(request);
        if (lines.Count == 0 || request.MaxTokens <= 0) return null;
        var frequency = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in lines)
            foreach (var word in line.Words) frequency[word] = frequency.GetValueOrDefault(word) + 1;
        var ranked = lines.OrderByDescending(line => Weight(line, frequency, lines.Count)).ThenByDescending(line => line.Order).ToList();

        var chosen = new List<Line>();
        var used = 0;
        // The old summary keeps up to half, so that long sessions do not forget how they began.
        var previous = ranked.Where(line => line.IsPrevious).ToList();
        Take(previous, request.MaxTokens / 2);
        Take(ranked.Where(line => !line.IsPrevious), request.MaxTokens);
        Take(previous, request.MaxTokens);
        if (chosen.Count == 0) return Shortened(ranked[0].Text, request.MaxTokens, countTokens);
        chosen.Sort((left, right) => left.Order.CompareTo(right.Order));
        var text = string.Join('\n', chosen.Select(line => line.Text));
        // Tokens may merge differently across lines; the limit holds all the same.
        while (chosen.Count > 1 && countTokens(text) > request.MaxTokens)
        {
            chosen.RemoveAt(chosen.Count - 1);
            text = string.Join('\n', chosen.Select(line => line.Text));
        }

        return text;

        void Take(IEnumerable<Line> from, int limit)
        {
            foreach (var line in from)
            {
                if (used >= limit) return;
                if (chosen.Exists(other => IsSame(other, line))) continue;
                var tokens = countTokens(line.Text + "\n");
                if (used + tokens > limit) continue;
                used += tokens;
                chosen.Add(line);
            }
        }
    }

    private static List<Line> Candidates(SummaryRequest request)
    {
        var lines = new List<Line>();
        Add(request.Previous ?? "", isPrevious: true);
        foreach (var part in request.Parts) Add(part, isPrevious: false);
        foreach (var turn in request.Turns)
        {
            var first = true;
            foreach (var sentence in SentenceSplitter.Split(turn.Content))
            {
                var words = Words.ContentSet(sentence);
                if (sentence.EndsWith('?') || words.Count < 2) continue;
                var text = sentence.Length > LongestSentence ? sentence[..LongestSentence] + "…" : sentence;
                var said = turn.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                lines.Add(new Line(lines.Count, $"{said} {turn.PeerId}: {text}", words, (first ? 0.5 : 0) + Telling(sentence), false));
                first = false;
            }
        }

        return lines.Count > MostCandidates ? lines[^MostCandidates..] : lines;

        void Add(string summary, bool isPrevious)
        {
            foreach (var line in summary.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                lines.Add(new Line(lines.Count, line, Words.ContentSet(line), 0, isPrevious));
        }
    }

    /// <summary>Names, numbers and the first person.</summary>
    private static double Telling(string sentence)
    {
        var clause = Token.Split(sentence);
        return Salience.Of(clause, dated: clause.Exists(token => char.IsDigit(token.Text[0])), mine: false) / 4;
    }

    /// <summary>Central sentences share their words with many others; long ones must not win by length alone.</summary>
    private static double Weight(Line line, Dictionary<string, int> frequency, int count)
    {
        var sum = 0.0;
        foreach (var word in line.Words) sum += Math.Log(1 + frequency[word]) * Math.Log(1 + (double)count / frequency[word]);
        return sum / Math.Sqrt(line.Words.Count + 4) + line.Bonus;
    }

    private static bool IsSame(Line left, Line right)
    {
        var shared = left.Words.Count(right.Words.Contains);
        return shared > 0 && shared >= SameWords * Math.Max(left.Words.Count, right.Words.Count) && (left.Text.Contains(right.Text[(right.Text.IndexOf(':', StringComparison.Ordinal) + 1)..], StringComparison.OrdinalIgnoreCase) || shared >= 3);
    }

    private static string? Shortened(string line, int limit, Func<string, int> countTokens)
    {
        var words = line.Split(' ');
        int low = 0, high = words.Length;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (countTokens(string.Join(' ', words[..middle])) <= limit) low = middle;
            else high = middle - 1;
        }

        return low == 0 ? null : string.Join(' ', words[..low]);
    }
}
