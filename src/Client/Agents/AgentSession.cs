using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Agents;

/// <summary>A session of a user with an agent.</summary>
/// <example>
/// <code>
/// await foreach (var part in agentSession.SendStreamingAsync("Where should I go?"))
///     Console.Write(part);
/// </code>
/// </example>
public class AgentSession
{
    internal const string Root = "api/messaging/sessions";

    private const string Http = "http", Stream = "sse", Background = "websocket";

    private readonly KithClient _client;

    internal AgentSession(KithClient client, string sessionId, SessionInfo? info = null) => (_client, SessionId, Info) = (client, sessionId, info);

    /// <summary>For tests: a session without a server.</summary>
    protected AgentSession() => (_client, SessionId) = (null!, "");

    /// <summary>Its id.</summary>
    public virtual string SessionId { get; }

    /// <summary>As last read; null where that did not happen yet.</summary>
    public virtual SessionInfo? Info { get; protected set; }

    private string Path => $"{Root}/{Ids.Given(SessionId, nameof(SessionId))}";

    /// <summary>Says something to the agent.</summary>
    /// <param name="content">What: 1 to 4,000 characters.</param>
    /// <param name="waitForReply">Waits for the agent's answer, up to 25 seconds; otherwise it appears among the messages.</param>
    /// <param name="attachments">Objects with <c>type</c>, <c>url</c> and <c>name</c>, as the agent knows them.</param>
    /// <param name="metadata">Members of your own.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may be stored nevertheless.</param>
    /// <exception cref="KithExpiredException">The session has expired.</exception>
    /// <exception cref="KithServerException">The agent did not answer (502); the message is stored, and therefore not sent again.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var sent = await agentSession.SendMessageAsync("Hello, how can you help me today?", waitForReply: true);
    /// Console.WriteLine(sent.AgentText);
    /// </code>
    /// </example>
    public virtual async Task<SentMessage> SendMessageAsync(
        string content, bool waitForReply = false, IEnumerable<JsonObject>? attachments = null, JsonObject? metadata = null, CancellationToken cancellationToken = default)
    {
        var reply = await SendAsync(Message(content, waitForReply ? Http : Background, attachments, metadata), cancellationToken).ConfigureAwait(false);
        return reply.Read(ElizaJson.Default.SentMessage);
    }

    /// <summary>Says something to the agent, and gets the answer word by word.</summary>
    /// <param name="content">What: 1 to 4,000 characters.</param>
    /// <param name="attachments">Objects with <c>type</c>, <c>url</c> and <c>name</c>, as the agent knows them.</param>
    /// <param name="metadata">Members of your own.</param>
    /// <param name="cancellationToken">Stops reading; the answer appears among the messages nevertheless.</param>
    /// <exception cref="KithExpiredException">The session has expired.</exception>
    /// <exception cref="KithException">The agent failed, or the server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await foreach (var part in agentSession.SendStreamingAsync("Where should I go?"))
    ///     Console.Write(part);
    /// </code>
    /// </example>
    public virtual IAsyncEnumerable<AgentReplyPart> SendStreamingAsync(
        string content, IEnumerable<JsonObject>? attachments = null, JsonObject? metadata = null, CancellationToken cancellationToken = default) =>
        ReadReplyAsync(In(_client, Message(content, Stream, attachments, metadata)), cancellationToken);

    private async IAsyncEnumerable<AgentReplyPart> ReadReplyAsync(Call call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasBegun = false;
        await foreach (var item in ServerEvents.ReadAsync(_client.Pipeline, call, cancellationToken).ConfigureAwait(false))
        {
            switch (item.EventType)
            {
                case "chunk":
                    hasBegun = true;
                    yield return new AgentReplyPart { Text = (string?)Read(item)["chunk"] ?? "" };
                    break;
                case "done":
                    // A reply that was known already does not come in fragments.
                    var response = Read(item);
                    yield return new AgentReplyPart { Text = hasBegun ? "" : SentMessage.TextOf(response) ?? "", Response = response };
                    yield break;
                case "error":
                    throw new KithException((string?)Read(item)["error"] ?? "The agent failed.");
                default:
                    break;
            }
        }

        throw new KithConnectionException("The stream ended before the answer did.");
    }

    /// <summary>Some of what was said, the newest first.</summary>
    /// <param name="limit">1 to 100.</param>
    /// <param name="before">Only what was said before.</param>
    /// <param name="after">Only what was said after.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithExpiredException">The session has expired.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var older = await agentSession.GetMessagesAsync(limit: 50, before: new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
    /// Console.WriteLine($"{older.Messages.Count}, more: {older.HasMore}");
    /// </code>
    /// </example>
    public virtual async Task<AgentMessages> GetMessagesAsync(int limit = 50, DateTimeOffset? before = null, DateTimeOffset? after = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{Path}/messages").Add("limit", (int?)limit).Add("before", before?.ToUnixTimeMilliseconds()).Add("after", after?.ToUnixTimeMilliseconds());
        return (await SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false)).Read(ElizaJson.Default.AgentMessages);
    }

    /// <summary>Everything that was said, the newest first, read by hundreds.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KithExpiredException">The session has expired.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async IAsyncEnumerable<AgentMessage> GetAllMessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Kith's pages end between two milliseconds; where a server cuts within one, the rest of it is asked for again, and what is known of it left out.
        HashSet<string> seen = [];
        DateTimeOffset? before = null;
        while (true)
        {
            var page = await GetMessagesAsync(limit: 100, before, cancellationToken: cancellationToken).ConfigureAwait(false);
            AgentMessage[] news = [.. page.Messages.Where(message => !seen.Contains(message.Id))];
            foreach (var message in news)
                yield return message;
            if (!page.HasMore || page.Messages is not [.., var oldest])
                yield break;
            before = news.Length > 0 ? oldest.CreatedAt.AddMilliseconds(1) : oldest.CreatedAt;
            seen = [.. page.Messages.Where(message => message.CreatedAt == oldest.CreatedAt).Select(message => message.Id)];
        }
    }

    /// <summary>How it stands.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithExpiredException">It has expired.</exception>
    /// <exception cref="KithNotFoundException">There is no such session.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<SessionInfo> GetInfoAsync(CancellationToken cancellationToken = default) => ReadInfoAsync(Call.Get(Path), cancellationToken);

    /// <summary>Has it last longer.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithBadRequestException">It has reached its longest duration.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<SessionInfo> RenewAsync(CancellationToken cancellationToken = default) => ReadInfoAsync(Call.Post($"{Path}/renew"), cancellationToken);

    /// <summary>Says that the user is still there.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<SessionInfo> HeartbeatAsync(CancellationToken cancellationToken = default) => ReadInfoAsync(Call.Post($"{Path}/heartbeat"), cancellationToken);

    /// <summary>Changes how long it lasts.</summary>
    /// <param name="timeouts">What changes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await agentSession.SetTimeoutsAsync(new() { TimeoutMinutes = 60 });
    /// </code>
    /// </example>
    public virtual Task<SessionInfo> SetTimeoutsAsync(SessionTimeouts timeouts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(timeouts);
        return ReadInfoAsync(Call.Patch($"{Path}/timeout", timeouts, ElizaJson.Default.SessionTimeouts), cancellationToken);
    }

    /// <summary>Ends it. What was said stays in the memory of the workspace.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task DeleteAsync(CancellationToken cancellationToken = default) => SendAsync(Call.Remove(Path), cancellationToken);

    /// <summary>Eliza's servers know a key by another header, and no workspaces.</summary>
    internal static Call In(KithClient client, Call call)
    {
        var headers = new Dictionary<string, string> { ["X-Kith-Workspace"] = client.WorkspaceId };
        if (client.ApiKey is { Length: > 0 } key)
            headers["X-API-KEY"] = key;
        return call with { Headers = headers };
    }

    private static JsonObject Read(SseItem<string> item)
    {
        try
        {
            return JsonNode.Parse(item.Data) as JsonObject ?? [];
        }
        catch (JsonException unreadable)
        {
            throw new KithException($"The agent's answer cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private Call Message(string content, string transport, IEnumerable<JsonObject>? attachments, JsonObject? metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(content);
        var body = new AgentMessageCreate(content, transport, attachments?.ToArray(), metadata);
        return Call.Post($"{Path}/messages", body, ElizaJson.Default.AgentMessageCreate) with { Stays = HttpStatusCode.BadGateway };
    }

    private async Task<SessionInfo> ReadInfoAsync(Call call, CancellationToken cancellationToken) =>
        Info = (await SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(ElizaJson.Default.SessionInfo);

    private Task<Reply> SendAsync(Call call, CancellationToken cancellationToken) => _client.Pipeline.SendAsync(In(_client, call), cancellationToken);
}
