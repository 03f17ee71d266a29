using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Limiting;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Answers;

/// <summary>Questions to memory.</summary>
public sealed class Chats
{
    /// <summary>Tokens of the session's newest messages that go with a question (spec honcho-engine §7.1).</summary>
    private const int HistoryTokens = 4_096;

    private readonly IDocumentStore _store;
    private readonly IReasoner _reasoner;
    private readonly ModelBudget _budget;
    private readonly MessageLog _messages;
    private readonly MessageSearch _search;
    private readonly ConclusionRecall _recall;
    private readonly Workspaces _workspaces;
    private readonly Peers _peers;
    private readonly Sessions _sessions;
    private readonly Scopes _scopes;
    private readonly PeerCards _cards;
    private readonly Links _links;

    internal Chats(
        IDocumentStore store,
        IReasoner reasoner,
        ModelBudget budget,
        MessageLog messages,
        MessageSearch search,
        ConclusionRecall recall,
        Workspaces workspaces,
        Peers peers,
        Sessions sessions,
        Scopes scopes,
        PeerCards cards,
        Links links)
    {
        _store = store;
        _reasoner = reasoner;
        _budget = budget;
        _messages = messages;
        _search = search;
        _recall = recall;
        _workspaces = workspaces;
        _peers = peers;
        _sessions = sessions;
        _scopes = scopes;
        _cards = cards;
        _links = links;
    }

    /// <summary>
    /// Checks everything that can be refused, then returns the answer to be read. Not found for a missing target, session, scope or (without observer) workspace;
    /// budget exceeded where models may use no more on this day.
    /// </summary>
    public async Task<Answer> AskAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (request.ResponseFormat is { } schema)
            ResponseFormat.Check(schema);
        if (request.Observer is null)
            _ = await _workspaces.FindAsync(request.Workspace, cancellationToken) ?? throw Errors.WorkspaceNotFound(request.Workspace);
        if (request.Target is not null)
            await CheckTargetAsync(request.Workspace, request.Target, cancellationToken);
        if (request.Session is not null && await _sessions.FindAsync(request.Workspace, request.Session, cancellationToken) is not { IsActive: true })
            throw Errors.SessionNotFound(request.Session, request.Workspace);
        var allowed = request.Scopes is null ? request.Sessions : await _scopes.AllowlistAsync(request.Workspace, request.Scopes, cancellationToken);
        if (request.Observer is not null)
            await _peers.EnsureAsync(request.Workspace, [request.Observer], cancellationToken);

        await _budget.DemandAsync(request.Workspace, ErrorCode.BudgetExceeded, cancellationToken);
        var tools = await ToolsAsync(request, allowed, cancellationToken);
        var question = new Question(request.Workspace, request.Observer, request.Target ?? request.Observer, request.Question)
        {
            Level = request.Level,
            History = await HistoryAsync(request, cancellationToken),
            PeerCard = allowed is null && request.Clocks.IsNow ? await CardAsync(request, cancellationToken) : [],
            ResponseFormat = request.ResponseFormat,
        };
        return new Answer(_reasoner.Name, _reasoner.AnswerAsync(question, tools, cancellationToken), tools);
    }

    private async Task CheckTargetAsync(string workspace, string target, CancellationToken cancellationToken)
    {
        if (target.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
            throw Errors.IsScope(target);
        _ = await _peers.FindAsync(workspace, target, cancellationToken) ?? throw Errors.PeerNotFound(target, workspace);
    }

    private async Task<IReadOnlyList<Turn>> HistoryAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (request.Session is null)
            return [];

        var partition = Partition.Conversation(request.Workspace, request.Session);
        var head = await _messages.HeadAsync(partition, cancellationToken);
        var newest = await _messages.NewestAsync(partition, head, HistoryTokens, 0, cancellationToken);
        return [.. newest.Where(message => !(message.CreatedAt > request.Clocks.Until)).Select(message => new Turn(message.Id, message.PeerId, message.Content, message.CreatedAt))];
    }

    private async Task<IReadOnlyList<string>> CardAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (request.Observer is null)
            return [];

        var workspace = await _workspaces.FindAsync(request.Workspace, cancellationToken);
        var session = request.Session is null ? null : await _sessions.FindAsync(request.Workspace, request.Session, cancellationToken);
        var options = ProcessingOptions.Resolve(session?.Configuration ?? FreeJson.Empty, workspace?.Configuration ?? FreeJson.Empty);
        return options.UseCard
            ? await _cards.FindJoinedAsync(request.Workspace, request.Observer, request.Target ?? request.Observer, cancellationToken) ?? []
            : [];
    }

    /// <summary>A scope answers with its own view: what was said in its sessions about the subject, whoever asks.</summary>
    private async Task<MemoryTools> ToolsAsync(ChatRequest request, IReadOnlyList<string>? allowed, CancellationToken cancellationToken)
    {
        var observer = request.Scopes is null ? request.Observer : request.Target ?? request.Observer;
        var scope = new ChatScope(request.Workspace, observer, request.Target ?? request.Observer, request.Clocks)
        {
            Allowed = allowed,
            Pairs = observer is null ? null : await _links.PairsAsync(request.Workspace, observer, request.Target ?? observer, cancellationToken),
            Messages = request.Messages,
            Sessions = await SeenAsync(request, allowed, cancellationToken),
        };
        return new ChatMemory(new ChatConclusions(_store, _recall, scope), new ChatMessages(_store, _messages, _search, _recall, scope), scope).Tools;
    }

    /// <summary>
    /// The session that is asked about, otherwise those that the observer is or was in; never others than the allowed ones. Null for the whole workspace.
    /// </summary>
    private async Task<IReadOnlyList<string>?> SeenAsync(ChatRequest request, IReadOnlyList<string>? allowed, CancellationToken cancellationToken)
    {
        if (request.Session is not null)
            return allowed is null || allowed.Contains(request.Session) ? [request.Session] : [];
        if (request.Observer is null || request.Scopes is not null)
            return allowed;

        var own = new List<string>();
        foreach (var peer in await _links.PeersOfAsync(request.Workspace, request.Observer, cancellationToken))
            own.AddRange((await _peers.SessionNamesAsync(request.Workspace, peer, cancellationToken)).Except(own));
        return allowed is null ? own : [.. own.Intersect(allowed, StringComparer.Ordinal)];
    }
}
