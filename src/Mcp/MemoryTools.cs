using System.ComponentModel;
using Kith.Client;
using Kith.Mcp.Results;
using ModelContextProtocol.Server;

namespace Kith.Mcp;

/// <summary>The tools, each a method. What their texts say is what a model goes by.</summary>
internal sealed class MemoryTools(KithClient kith, string peer)
{
    private const string OfPeer = "Whose memory: the id of a peer. Leave it out for the user of this connection.";
    private const string AboutPeer = "Whom it is about, where that is somebody else than the peer itself: the id of a peer.";
    private const int MostResults = 100;

    [McpServerTool(Name = "remember", Title = "Remember", Destructive = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Stores something for later conversations. Without a session it is kept as a fact, exactly as worded. With a session it is stored as a message that the peer said there, and Kith works out itself what to conclude from it.")]
    public async Task<Remembered> RememberAsync(
        [Description("A fact in one sentence that stands alone, such as 'Alice prefers trains to planes'; or, with a session, the words that were said.")] string content,
        [Description(OfPeer)] string? peer = null,
        [Description(AboutPeer)] string? about = null,
        [Description("The id of the conversation in which the peer said it.")] string? session = null,
        CancellationToken cancellationToken = default)
    {
        var speaker = Of(peer);
        if (session is not null)
            return new(MessageId: (await kith.Session(session).AddMessageAsync(speaker.Message(content), cancellationToken).ConfigureAwait(false)).Id);
        if (string.IsNullOrWhiteSpace(content))
            throw new ArgumentException("content must say something");
        var stored = await speaker.ConclusionsOf(about ?? speaker.Id).CreateAsync([new(content)], cancellationToken).ConfigureAwait(false);
        return new(ConclusionId: stored[0].Id);
    }

    [McpServerTool(Name = "recall", Title = "Recall", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds what is known and what was said that fits a query best, by words and by meaning. For an answer in sentences, ask.")]
    public async Task<Recalled> RecallAsync(
        [Description("What to look for.")] string query,
        [Description(OfPeer)] string? peer = null,
        [Description(AboutPeer)] string? about = null,
        [Description("How many of each at most: 1 to 100.")] int limit = 10,
        CancellationToken cancellationToken = default)
    {
        var observer = Of(peer);
        var known = observer.ConclusionsOf(about ?? observer.Id).QueryAsync(query, new() { TopK = Bounded(limit) }, cancellationToken);
        var said = observer.SearchAsync(query, new() { Limit = Bounded(limit), IncludeScores = true }, cancellationToken);
        return new([.. (await known.ConfigureAwait(false)).Select(KnownFact.Of)], [.. (await said.ConfigureAwait(false)).Select(SaidMessage.Of)]);
    }

    [McpServerTool(Name = "ask", Title = "Ask the memory", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Answers a question from memory, with the conclusions and messages that the answer rests on. Says so when nothing is known.")]
    public async Task<Answered> AskAsync(
        [Description("The question, 1 to 10,000 characters.")] string question,
        [Description(OfPeer)] string? peer = null,
        [Description(AboutPeer)] string? about = null,
        [Description("Only what belongs to this conversation: the id of a session.")] string? session = null,
        [Description("How hard to think: minimal, low, medium, high or max. Only a server with a model knows the difference.")] ReasoningLevel? level = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await Of(peer).ChatAsync(
            question, new() { Target = about, Session = session, ReasoningLevel = level, IncludeEvidence = true }, cancellationToken).ConfigureAwait(false);
        return Answered.Of(answer);
    }

    [McpServerTool(Name = "get_context", Title = "Get a conversation", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("A conversation within a number of tokens: the newest messages, a summary of the older ones, and what is known of a peer.")]
    public async Task<ConversationContext> GetContextAsync(
        [Description("The id of the session.")] string session,
        [Description("How many tokens at most: 1 to 100,000.")] int tokens = 2000,
        [Description("Whose card and representation to add: the id of a peer.")] string? about = null,
        CancellationToken cancellationToken = default) =>
        ConversationContext.Of(await kith.Session(session).GetContextAsync(new() { Tokens = tokens, PeerTarget = about }, cancellationToken).ConfigureAwait(false));

    [McpServerTool(Name = "list_conclusions", Title = "List conclusions", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("What is known, the newest first, with ids to correct or forget it by and the messages it rests on.")]
    public async Task<ListedConclusions> ListConclusionsAsync(
        [Description(OfPeer)] string? peer = null,
        [Description(AboutPeer)] string? about = null,
        [Description("The page, from 1.")] int page = 1,
        [Description("How many on a page: 1 to 100.")] int limit = 50,
        CancellationToken cancellationToken = default)
    {
        var observer = Of(peer);
        var listed = observer.ConclusionsOf(about ?? observer.Id).ListAsync(new() { FirstPage = page, PageSize = Bounded(limit) }, includeSources: true, cancellationToken: cancellationToken);
        var found = await listed.FirstPageAsync(cancellationToken).ConfigureAwait(false);
        return new([.. found.Items.Select(KnownFact.Of)], found.Total, found.Number < found.Pages ? found.Number + 1 : null);
    }

    [McpServerTool(Name = "correct", Title = "Correct a conclusion", Destructive = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Replaces what is known by what is right. The old wording stays in its history; no later pass overrides a correction.")]
    public async Task<Corrected> CorrectAsync(
        [Description("The id of the conclusion, from recall, ask or list_conclusions.")] string conclusion,
        [Description("What is right, in one sentence.")] string content,
        CancellationToken cancellationToken = default)
    {
        var corrected = await kith.Conclusions.CorrectAsync(conclusion, content, cancellationToken).ConfigureAwait(false);
        return new(corrected.Id, corrected.Content, corrected.Supersedes);
    }

    [McpServerTool(Name = "forget", Title = "Forget", Destructive = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Erases a conclusion with what was worked out from it, or a message with what was concluded from it alone. It cannot be undone: ask the user first.")]
    public async Task<Forgotten> ForgetAsync(
        [Description("The id of a conclusion.")] string? conclusion = null,
        [Description("The id of a message; its session has to be named as well.")] string? message = null,
        [Description("The session of the message.")] string? session = null,
        CancellationToken cancellationToken = default)
    {
        var erasure = (conclusion, message, session) switch
        {
            ({ } id, null, _) => kith.Erasures.EraseConclusionAsync(id, cancellationToken),
            (null, { } id, { } place) => kith.Erasures.EraseMessageAsync(place, id, cancellationToken),
            _ => throw new ArgumentException("Name a conclusion, or a message with its session."),
        };
        var begun = await erasure.ConfigureAwait(false);
        var ended = await kith.Erasures.WaitAsync(begun.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new(ended.Id, ended.State, ended.Erased);
    }

    private Peer Of(string? named) => kith.Peer(named ?? peer);

    private static int Bounded(int limit) => limit is >= 1 and <= MostResults ? limit : throw new ArgumentException($"limit takes 1 to {MostResults}, not {limit}");
}
