namespace Kith.Core.Reasoning.Extractive;

/// <summary>An answer from memory: the evidence that is quoted, best first, and the text that quotes it. No evidence: it is not known.</summary>
internal sealed record Answer(string Text, IReadOnlyList<Evidence> Quoted)
{
    private sealed record Breadth(int Conclusions, int Messages, int Quotes);

    private static Breadth Of(ReasoningLevel level) => level switch
    {
        ReasoningLevel.Minimal => new(10, 5, 2),
        ReasoningLevel.Low => new(20, 10, 3),
        ReasoningLevel.Medium => new(30, 15, 4),
        ReasoningLevel.High => new(40, 20, 6),
        _ => new(40, 20, 8),
    };

    /// <summary>Lines of an overview, as a multiple of the quotes of an answer.</summary>
    private const int Overview = 3;

    public static async Task<Answer> FindAsync(Question question, MemoryTools tools, CancellationToken cancellationToken)
    {
        var breadth = Of(question.Level);
        var (conclusions, messages) = await SearchAsync(question, breadth, tools, cancellationToken);
        var inquiry = Inquiry.Of(question, messages.Select(message => message.PeerId).Distinct(StringComparer.Ordinal));
        if (inquiry is { IsPast: true, Slot: { } slot } && tools.OffersChains && conclusions.Find(conclusion => conclusion.Slot == slot) is { } current)
            conclusions = await BeforeAsync(current, tools, cancellationToken);
        return inquiry.IsOpen ? Open(question, inquiry, conclusions, messages, breadth) : Closed(question, inquiry, conclusions, messages, breadth);
    }

    /// <summary>What the fact took the place of; itself where there was nothing.</summary>
    private static async Task<List<RecalledConclusion>> BeforeAsync(RecalledConclusion current, MemoryTools tools, CancellationToken cancellationToken)
    {
        var chain = await tools.RunAsync(new ToolRequest.ReasoningChain(current.Id), cancellationToken);
        var before = chain.Conclusions.Where(conclusion => conclusion.Link == ConclusionLink.Superseded && conclusion.Slot == current.Slot).OrderByDescending(conclusion => conclusion.SaidAt).ToList();
        return before.Count > 0 ? before : [current];
    }

    /// <summary>From medium effort on the bare words are searched beside the question, at the same time.</summary>
    private static async Task<(List<RecalledConclusion>, List<RecalledMessage>)> SearchAsync(
        Question question, Breadth breadth, MemoryTools tools, CancellationToken cancellationToken)
    {
        List<string> queries = [question.Text];
        if (question.Level >= ReasoningLevel.Medium && Inquiry.Of(question, []) is { IsOpen: false } inquiry) queries.Add(string.Join(' ', inquiry.Terms));
        var conclusions = queries.Select(query => tools.SearchMemoryAsync(query, breadth.Conclusions, cancellationToken)).ToList();
        var messages = queries.Select(query => tools.SearchMessagesAsync(query, breadth.Messages, cancellationToken)).ToList();
        var found = (await Task.WhenAll(conclusions)).SelectMany(list => list).DistinctBy(conclusion => conclusion.Id).ToList();
        return (found, (await Task.WhenAll(messages)).SelectMany(list => list).DistinctBy(message => message.Id).ToList());
    }

    private static Answer Open(Question question, Inquiry inquiry, List<RecalledConclusion> conclusions, List<RecalledMessage> messages, Breadth breadth)
    {
        var lines = Relevance.Of(inquiry, conclusions, conclusions.Count > 0 ? [] : [.. messages.Where(message => inquiry.Subject is null || message.PeerId == inquiry.Subject)], question.PeerCard);
        if (lines.Count == 0) return Unknown(question);
        var quoted = lines.Where(line => !Repeats(line, lines)).Take(breadth.Quotes * Overview).OrderBy(line => line.SaidAt).ThenBy(line => line.Rank).ToList();
        return new Answer($"{(question.Observed is null ? "What is known" : $"What is known about {question.Observed}")}:\n{Lines(quoted)}", quoted);
    }

    private static Answer Closed(Question question, Inquiry inquiry, List<RecalledConclusion> conclusions, List<RecalledMessage> messages, Breadth breadth)
    {
        var ranked = Relevance.Of(inquiry, conclusions, messages, question.PeerCard).OrderByDescending(line => line.Fit).ThenBy(line => line.Rank).ToList();
        // What is asked for stands in one statement: whatever else holds the same words is about somebody or something else.
        if (inquiry.Slot is { } slot) ranked = ranked.Find(line => line.Conclusion?.Slot == slot) is { } fact ? [fact] : [.. ranked.Where(line => !Kinship.IsTold(line.Text))];
        else if (inquiry.Relative is { } relative && ranked.Where(line => Words.ContentSet(line.Text).Any(word => Inquiry.Same(relative, word))).ToList() is { Count: > 0 } about) ranked = about;
        var quoted = new List<Evidence>();
        var sources = new HashSet<string>(StringComparer.Ordinal);
        // Where someone else said more of it, the question most likely mistakes the person.
        var foreign = ranked.Find(line => line.IsForeign)?.Fit ?? 0;
        var enough = Math.Max(Relevance.Enough, foreign - Relevance.ForeignMargin);
        foreach (var line in ranked)
        {
            if (line.IsForeign) continue;
            if (line.Fit < enough || quoted.Count == breadth.Quotes) break;
            // A message whose conclusion is quoted already says it twice.
            if (line.Message is { } message && sources.Contains(message.Id) || Repeats(line, quoted)) continue;
            quoted.Add(line);
            sources.UnionWith(line.Conclusion?.MessageIds ?? []);
        }

        if (quoted.Count == 0) return conclusions.Count + messages.Count + question.PeerCard.Count == 0 ? Unknown(question) : new Answer("Memory holds nothing about that.", []);
        var from = quoted.All(line => line.Message is null) && question.Observed is not null ? $"From what {question.Observed} said:" : "From what was said:";
        return new Answer($"{from}\n{Lines(quoted)}", quoted);
    }

    private static bool Repeats(Evidence line, List<Evidence> others) =>
        others.Exists(other => other.Rank < line.Rank && string.Equals(other.Text, line.Text, StringComparison.OrdinalIgnoreCase));

    private static Answer Unknown(Question question) =>
        new(question.Observed is null ? "Nothing is known about that yet." : $"Nothing is known about {question.Observed} yet.", []);

    private static string Lines(List<Evidence> quoted) => string.Join('\n', quoted.Select(line => line.Line));
}
