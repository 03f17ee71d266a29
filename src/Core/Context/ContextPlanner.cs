using Kith.Core.Conversations;
using Kith.Core.Memory;
using Kith.Core.Tokens;

namespace Kith.Core.Context;

/// <summary>
/// Divides one token budget, everything counted as it is rendered. The newest message comes first, if it fits at all. Beside it the card
/// may take 5 % and the representation 25 % (spec honcho-engine §15); of what they leave a summary may take 40 %, and messages take the
/// rest, newest first (spec honcho-api §9.6). What the messages do not need goes back to the card, then to the representation.
/// </summary>
internal sealed class ContextPlanner
{
    private const int CardPercent = 5;
    private const int RepresentationPercent = 25;
    private const int SummaryPercent = 40;

    private readonly long _tokens;
    private readonly long _newest;
    private readonly IReadOnlyList<string>? _card;
    private readonly IReadOnlyList<Conclusion>? _conclusions;
    private readonly Rendered _representation;

    /// <param name="tokens">The whole budget; zero or less has room for nothing.</param>
    /// <param name="newest">Tokens of the newest message; zero when it does not fit or there is none.</param>
    /// <param name="card">Null when none is asked for or known.</param>
    /// <param name="conclusions">The most important first; null when no representation is asked for.</param>
    public ContextPlanner(int tokens, int newest, IReadOnlyList<string>? card, IReadOnlyList<Conclusion>? conclusions)
    {
        (_tokens, _newest) = (Math.Max(0, tokens), newest);
        _card = card is null ? null : [.. card.Distinct()];
        // One statement may be held once per session: the newest of them says it.
        _conclusions = conclusions?.GroupBy(conclusion => (conclusion.Level, conclusion.Content), (_, same) => same.MaxBy(conclusion => conclusion.CreatedAt)!).ToList();

        var aside = _tokens - _newest;
        var cardTokens = FitCard(Math.Min(aside, _tokens * CardPercent / 100)).Tokens;
        _representation = FitRepresentation(Math.Min(aside - cardTokens, _tokens * RepresentationPercent / 100), new Rendered("", 0, 0));
        Conversation = _tokens - cardTokens - _representation.Tokens;
    }

    /// <summary>Tokens for summary and messages.</summary>
    public long Conversation { get; }

    /// <summary>The summaries that may be chosen, the better one first: the long one if it says more than the short one.</summary>
    public IReadOnlyList<Summary> Affordable(SessionSummaries summaries)
    {
        var share = Math.Min(Conversation * SummaryPercent / 100, Conversation - _newest);
        var (brief, full) = (summaries.Short, summaries.Long);
        var affordable = new List<Summary>();
        if (full is not null && full.TokenCount <= share && full.TokenCount > (brief?.TokenCount ?? 0))
            affordable.Add(full);
        if (brief is { TokenCount: > 0 } && brief.TokenCount <= share)
            affordable.Add(brief);
        return affordable;
    }

    /// <param name="summaries">From <see cref="Affordable"/>. The first one is taken, unless only another leaves no hole between itself and the messages.</param>
    /// <param name="messages">The newest ones within <see cref="Conversation"/>, ascending, from the last message of the earliest of the summaries on.</param>
    /// <param name="visible">Sequence of the newest message.</param>
    /// <param name="hasSummary">Whether a summary was asked for and exists.</param>
    public SessionContext Plan(IReadOnlyList<Summary> summaries, IReadOnlyList<Message> messages, long visible, bool hasSummary)
    {
        var plans = summaries.Select(candidate => (Summary: (Summary?)candidate, Messages: Beside(candidate, messages))).ToList();
        if (plans.Count == 0)
            plans.Add((null, messages));
        var closed = plans.FindIndex(plan => Missing(plan.Summary, plan.Messages, visible) == 0);
        var (summary, chosen) = plans[Math.Max(0, closed)];

        var conversation = (summary?.TokenCount ?? 0) + chosen.Sum(message => (long)message.TokenCount);
        var card = FitCard(_tokens - conversation - _representation.Tokens);
        var representation = FitRepresentation(_tokens - conversation - card.Tokens, _representation);

        var truncation = new Truncation(
            (_card?.Count ?? 0) - (card.Lines?.Count ?? 0),
            (_conclusions?.Count ?? 0) - representation.Conclusions,
            Missing(summary, chosen, visible),
            hasSummary && summary is null,
            (int)(conversation + card.Tokens + representation.Tokens));
        var isWhole = truncation is { CardLines: 0, Conclusions: 0, Messages: 0, Summary: false };
        return new SessionContext(chosen, summary, representation.Text, card.Lines, isWhole ? null : truncation)
        {
            Conclusions = _conclusions is null ? null : Representation.InTime(_conclusions.Take(representation.Conclusions)),
        };
    }

    /// <summary>How many messages neither the summary covers nor the list holds.</summary>
    private static long Missing(Summary? summary, IReadOnlyList<Message> messages, long visible) =>
        Math.Max(0, (messages is [var first, ..] ? first.Sequence - 1 : visible) - (summary?.Through ?? 0));

    /// <summary>The newest messages that fit beside the summary; the one it ends on is said again.</summary>
    private IReadOnlyList<Message> Beside(Summary summary, IReadOnlyList<Message> messages)
    {
        var left = Conversation - summary.TokenCount;
        var count = messages.Reverse().TakeWhile(message => message.Sequence >= summary.Through && (left -= message.TokenCount) >= 0).Count();
        return [.. messages.TakeLast(count)];
    }

    /// <summary>The first lines that fit.</summary>
    private (IReadOnlyList<string>? Lines, long Tokens) FitCard(long tokens)
    {
        if (_card is null)
            return (null, 0);

        var (lines, used) = (new List<string>(), 0L);
        foreach (var line in _card)
        {
            var count = Tokenizer.Count(line);
            if (used + count > tokens)
                break;
            lines.Add(line);
            used += count;
        }

        return (lines, used);
    }

    /// <summary>The most important conclusions that fit as rendered.</summary>
    /// <param name="fits">What is known to fit.</param>
    private Rendered FitRepresentation(long tokens, Rendered fits)
    {
        if (_conclusions is null)
            return default;

        var tooMany = _conclusions.Count + 1;
        for (var count = _conclusions.Count; tooMany - fits.Conclusions > 1; count = (fits.Conclusions + tooMany) / 2)
        {
            var tried = Best(count);
            if (tried.Tokens <= tokens)
                fits = tried;
            else
                tooMany = count;
        }

        return fits;
    }

    private Rendered Best(int count)
    {
        var text = RepresentationText.Render(Representation.InTime(_conclusions!.Take(count)));
        return new Rendered(text, count, Tokenizer.Count(text));
    }

    private readonly record struct Rendered(string? Text, int Conclusions, long Tokens);
}
