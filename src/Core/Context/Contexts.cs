using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Tokens;

namespace Kith.Core.Context;

/// <summary>Everything the next model call should know, within a token budget.</summary>
public sealed class Contexts
{
    /// <summary>Share of the budget that a summary may take, in percent (spec honcho-api §9.6).</summary>
    private const int SummaryPercent = 40;

    private readonly MessageLog _messages;
    private readonly Peers _peers;
    private readonly Scopes _scopes;
    private readonly Representations _representations;
    private readonly PeerCards _cards;
    private readonly Summaries _summaries;

    internal Contexts(MessageLog messages, Peers peers, Scopes scopes, Representations representations, PeerCards cards, Summaries summaries)
    {
        _messages = messages;
        _peers = peers;
        _scopes = scopes;
        _representations = representations;
        _cards = cards;
        _summaries = summaries;
    }

    /// <summary>Empty for an unknown session; not found for an unknown target unless the read is limited to sessions.</summary>
    public async Task<SessionContext> OfSessionAsync(SessionContextRequest request, CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(request.Workspace, request.Session);
        var (representation, card) = request.Target is null
            ? (null, null)
            : await OfTargetAsync(request, request.Target, cancellationToken);
        var budget = request.Tokens - Tokens(representation) - (card ?? []).Sum(Tokens);
        if (budget <= 0)
            return new SessionContext([], null, representation, card);

        var summaries = request.Summary ? await _summaries.FindAsync(request.Workspace, request.Session, cancellationToken) : new SessionSummaries(null, null);
        var summary = Choose(summaries, budget * (long)SummaryPercent / 100);
        var head = await _messages.HeadAsync(partition, cancellationToken);
        var messages = await _messages.NewestAsync(partition, head, budget - (summary?.TokenCount ?? 0), (summary?.Through ?? 1) - 1, cancellationToken);
        return new SessionContext(messages, summary, representation, card);
    }

    /// <summary>Representation and card; not found when the observer is missing.</summary>
    public async Task<PeerContext> OfPeerAsync(RepresentationRequest request, CancellationToken cancellationToken)
    {
        _ = await _peers.FindAsync(request.Workspace, request.Observer, cancellationToken) ?? throw Errors.PeerNotFound(request.Observer, request.Workspace);
        var representation = await _representations.RenderAsync(request, cancellationToken);
        // The card tells about now.
        var card = request.Clocks.IsNow ? await _cards.FindAsync(request.Workspace, request.Observer, request.Observed, cancellationToken) : null;
        return new PeerContext(representation, card);
    }

    /// <summary>The long summary if it fits and says more than the short one, else the short one if it fits.</summary>
    private static Summary? Choose(SessionSummaries summaries, long budget)
    {
        var (brief, full) = (summaries.Short, summaries.Long);
        if (full is not null && full.TokenCount <= budget && full.TokenCount > (brief?.TokenCount ?? 0))
            return full;
        return brief is { TokenCount: > 0 } && brief.TokenCount <= budget ? brief : null;
    }

    private static int Tokens(string? text) => text is null ? 0 : Tokenizer.Count(text);

    private async Task<(string Representation, IReadOnlyList<string>? Card)> OfTargetAsync(SessionContextRequest request, string target, CancellationToken cancellationToken)
    {
        if (target.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
            throw Errors.IsScope(target);

        var sessions = request.Scope is null ? request.Sessions : await _scopes.AllowlistAsync(request.Workspace, [request.Scope], cancellationToken);
        if (sessions is null && await _peers.FindAsync(request.Workspace, target, cancellationToken) is null)
            throw Errors.PeerNotFound(target, request.Workspace);

        var observer = request.Perspective ?? target;
        var card = sessions is null ? Fit(await _cards.FindAsync(request.Workspace, observer, target, cancellationToken), request.Tokens) : null;
        var conclusions = await _representations.SelectAsync(
            new RepresentationRequest(request.Workspace, observer, target)
            {
                SearchQuery = request.SearchQuery,
                SearchTopK = request.SearchTopK,
                SearchMaxDistance = request.SearchMaxDistance,
                IncludeMostFrequent = request.IncludeMostFrequent,
                MaxConclusions = request.MaxConclusions,
                Sessions = sessions,
            },
            cancellationToken);
        return (Fit(conclusions, request.Tokens - (card ?? []).Sum(Tokens)), card);
    }

    /// <summary>The first lines that fit.</summary>
    private static IReadOnlyList<string>? Fit(IReadOnlyList<string>? card, int tokens) =>
        card is null ? null : [.. card.TakeWhile(line => (tokens -= Tokens(line)) >= 0)];

    /// <summary>The newest conclusions whose rendered text fits; honouring the budget matters more than completeness.</summary>
    private static string Fit(IReadOnlyList<Conclusion> conclusions, int tokens)
    {
        var (fits, tooMany) = (0, conclusions.Count + 1);
        while (tooMany - fits > 1)
        {
            var middle = (fits + tooMany) / 2;
            if (Tokens(Newest(middle)) <= tokens)
                fits = middle;
            else
                tooMany = middle;
        }

        return Newest(fits);

        string Newest(int count) => RepresentationText.Render([.. conclusions.Skip(conclusions.Count - count)]);
    }
}
