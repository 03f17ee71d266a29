using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Context;

/// <summary>Everything the next model call should know, within a token budget.</summary>
public sealed class Contexts
{
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

    /// <summary>
    /// Empty for an unknown session; not found for an unknown target unless that is allowed or the read is limited to sessions. What is returned has at most
    /// the requested tokens.
    /// </summary>
    public async Task<SessionContext> OfSessionAsync(SessionContextRequest request, CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(request.Workspace, request.Session);
        var (representation, card) = request.Target is null
            ? (null, null)
            : await OfTargetAsync(request, request.Target, cancellationToken);
        var summaries = request.Summary ? await _summaries.FindAsync(request.Workspace, request.Session, cancellationToken) : new SessionSummaries(null, null);
        var head = await _messages.HeadAsync(partition, cancellationToken);
        // As far back as a summary may reach: which one fits is known only when the newest message is.
        var earliest = new[] { summaries.Short, summaries.Long }.OfType<Summary>().Select(summary => summary.Through - 1).DefaultIfEmpty(0).Min();
        var newest = await _messages.NewestAsync(partition, head, request.Tokens, earliest, cancellationToken);

        var planner = new ContextPlanner(request.Tokens, newest is [.., var message] ? message.TokenCount : 0, card, representation?.Chosen);
        var affordable = planner.Affordable(summaries);
        var messages = affordable.Count == 0 && earliest > 0
            ? await _messages.NewestAsync(partition, head, planner.Conversation, 0, cancellationToken)
            : MessageLog.Fitting(newest, planner.Conversation, affordable.Count == 0 ? 0 : affordable.Min(summary => summary.Through) - 1);
        return planner.Plan(affordable, messages, head.Visible, summaries is not (null, null)) with { IsTextOnly = representation is { IsTextOnly: true } };
    }

    /// <summary>Representation and card; not found when the observer is missing.</summary>
    /// <param name="tokens">What both may have together; null for all.</param>
    public async Task<PeerContext> OfPeerAsync(RepresentationRequest request, int? tokens, CancellationToken cancellationToken)
    {
        _ = await _peers.FindAsync(request.Workspace, request.Observer, cancellationToken) ?? throw Errors.PeerNotFound(request.Observer, request.Workspace);
        var representation = await _representations.OfAsync(request, cancellationToken);
        // The card tells about now.
        var card = request.Clocks.IsNow ? await _cards.FindJoinedAsync(request.Workspace, request.Observer, request.Observed, cancellationToken) : null;
        if (tokens is not { } budget)
            return new PeerContext(representation.Text, card, representation.IsTextOnly);

        var plan = new ContextPlanner(budget, 0, card, representation.Chosen).Plan([], [], 0, hasSummary: false);
        return new PeerContext(plan.Representation ?? "", plan.PeerCard, representation.IsTextOnly) { Truncation = plan.Truncation };
    }

    private async Task<(Representation? Representation, IReadOnlyList<string>? Card)> OfTargetAsync(SessionContextRequest request, string target, CancellationToken cancellationToken)
    {
        if (target.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
            throw Errors.IsScope(target);

        var sessions = request.Scope is null ? request.Sessions : await _scopes.AllowlistAsync(request.Workspace, [request.Scope], cancellationToken);
        var observer = request.Perspective ?? target;
        var card = sessions is null ? await _cards.FindJoinedAsync(request.Workspace, observer, target, cancellationToken) : null;
        var representation = await _representations.OfAsync(
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
        // What is known of a peer proves that there is one.
        var isKnown = card is not null || representation.Conclusions.Count > 0;
        if (!isKnown && sessions is null && !request.MayLackTarget && await _peers.FindAsync(request.Workspace, target, cancellationToken) is null)
            throw Errors.PeerNotFound(target, request.Workspace);
        return (representation, card);
    }
}
