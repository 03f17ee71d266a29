using System.Globalization;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>How well recalled texts fit a question: the share of its words that they hold, rare words counting more.</summary>
internal static class Relevance
{
    /// <summary>Evidence that holds less of the question's words does not answer it.</summary>
    public const double Enough = 0.37;

    /// <summary>How much better the words of others about themselves may fit before the question is taken to mistake the person.</summary>
    public const double ForeignMargin = 0.05;

    /// <summary>What others say to the subject may be about it, or about themselves.</summary>
    private const double Addressed = 0.4;

    public static List<Evidence> Of(
        Inquiry inquiry, IReadOnlyList<RecalledConclusion> conclusions, IReadOnlyList<RecalledMessage> messages, IReadOnlyList<string> card)
    {
        // A generated card line repeats a conclusion, which has a date and sources.
        var said = conclusions.Select(conclusion => conclusion.Content).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var cardLines = card.Select(WithoutCategory).Where(line => !said.Contains(line)).ToList();
        var texts = new List<HashSet<string>>();
        // "bob is 34." holds the age without the word for it.
        foreach (var conclusion in conclusions) texts.Add(Words.ContentSet($"{conclusion.Content} {conclusion.Slot}"));
        foreach (var line in cardLines) texts.Add(Words.ContentSet(line));
        foreach (var message in messages) texts.Add(Words.ContentSet(message.Content));
        var weights = Weights(inquiry.Terms, texts);
        var total = weights.Sum();

        var evidence = new List<Evidence>();
        var i = 0;
        foreach (var conclusion in conclusions)
        {
            evidence.Add(new Evidence(conclusion.Content, $"- {conclusion.Content} ({Day(conclusion.SaidAt)})", conclusion.SaidAt, Fit(texts[i++]), evidence.Count) { Conclusion = conclusion });
        }

        foreach (var line in cardLines)
            evidence.Add(new Evidence(line, "- " + line, DateTimeOffset.MinValue, Fit(texts[i++]), evidence.Count));
        foreach (var message in messages)
        {
            var fit = Fit(texts[i++]);
            // Who only asks tells nothing.
            if (SentenceSplitter.Split(message.Content) is { Count: > 0 } sentences && sentences.TrueForAll(Derivation.IsQuestion)) fit = 0;
            var isForeign = inquiry.Subject is not null && message.PeerId != inquiry.Subject;
            if (isForeign && Addresses(message.Content))
            {
                fit *= Addressed;
                isForeign = false;
            }

            evidence.Add(new Evidence(message.Content, $"- {message.PeerId}: \"{Excerpt(message.Content, inquiry)}\" ({Day(message.CreatedAt)})", message.CreatedAt, fit, evidence.Count) { Message = message, IsForeign = isForeign });
        }

        return evidence;

        double Fit(HashSet<string> words)
        {
            if (total == 0) return 0;
            var sum = 0.0;
            for (var t = 0; t < inquiry.Terms.Count; t++)
                if (words.Any(word => Inquiry.Same(inquiry.Terms[t], word))) sum += weights[t];
            return sum / total;
        }
    }

    private static string WithoutCategory(string line) =>
        Enum.GetNames<CardCategory>().FirstOrDefault(name => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)) is { } name
            ? line[(name.Length + 2)..]
            : line;

    /// <summary>A word that few of the recalled texts hold tells more; one that none holds tells most, as it is what memory lacks.</summary>
    private static double[] Weights(IReadOnlyList<string> terms, List<HashSet<string>> texts) =>
        [.. terms.Select(term => Math.Log(2 + (double)texts.Count / (1 + texts.Count(text => text.Any(word => Inquiry.Same(term, word))))))];

    /// <summary>The sentence of a long message that fits best.</summary>
    private static string Excerpt(string content, Inquiry inquiry)
    {
        const int longest = 240;
        if (content.Length <= longest) return content.Replace('\n', ' ');
        var best = SentenceSplitter.Split(content)
            .Select(sentence => (Sentence: sentence, Hits: inquiry.Terms.Count(term => Words.ContentSet(sentence).Any(word => Inquiry.Same(term, word)))))
            .OrderByDescending(item => item.Hits)
            .FirstOrDefault()
            .Sentence ?? content;
        return best.Length <= longest ? best : best[..longest] + "…";
    }

    private static bool Addresses(string content) => Token.Split(content).Exists(token => token.Lower is "you" or "your" or "you're" or "you've" or "du" or "dein" or "deine" or "tu" or "tú" or "ton" or "você");

    private static string Day(DateTimeOffset date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
