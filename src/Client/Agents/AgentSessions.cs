using System.Text.Json.Nodes;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Agents;

/// <summary>Sessions of users with agents, as ElizaOS serves them. On Kith they feed the memory of the workspace. <see cref="KithClient.AgentSessions"/> has them.</summary>
/// <example>
/// <code>
/// var session = await kith.AgentSessions.CreateAsync(agentId, userId, new() { ["platform"] = "web" });
/// var sent = await session.SendMessageAsync("Hello, how can you help me today?", waitForReply: true);
/// Console.WriteLine(sent.AgentText);
/// </code>
/// </example>
public class AgentSessions
{
    private readonly KithClient _client;

    internal AgentSessions(KithClient client) => _client = client;

    /// <summary>For tests: sessions without a server.</summary>
    protected AgentSessions() => _client = null!;

    /// <summary>A session that was made before. Nothing is requested.</summary>
    /// <param name="sessionId">Its id.</param>
    public virtual AgentSession Session(string sessionId) => new(_client, sessionId);

    /// <summary>Opens a session.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="userId">The user.</param>
    /// <param name="metadata">Members of your own, such as platform and channel.</param>
    /// <param name="timeouts">How long it lasts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">The server admits registered agents only, and this is none.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var created = await kith.AgentSessions.CreateAsync(agentId, userId, new() { ["platform"] = "discord", ["channelId"] = "general" }, new() { TimeoutMinutes = 60 });
    /// </code>
    /// </example>
    public virtual async Task<AgentSession> CreateAsync(Guid agentId, Guid userId, JsonObject? metadata = null, SessionTimeouts? timeouts = null, CancellationToken cancellationToken = default)
    {
        var body = new AgentSessionCreate(agentId, userId, metadata, timeouts);
        var reply = await SendAsync(Call.Post(AgentSession.Root, body, ElizaJson.Default.AgentSessionCreate), cancellationToken).ConfigureAwait(false);
        var info = reply.Read(ElizaJson.Default.SessionInfo);
        return new AgentSession(_client, info.SessionId, info);
    }

    /// <summary>The sessions that have not expired.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<IReadOnlyList<SessionInfo>> ListAsync(CancellationToken cancellationToken = default) =>
        (await SendAsync(Call.Get(AgentSession.Root), cancellationToken).ConfigureAwait(false)).Read(ElizaJson.Default.AgentSessionsRow).Sessions;

    /// <summary>How the sessions of the workspace are.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<ServiceHealth> CheckHealthAsync(CancellationToken cancellationToken = default) =>
        (await SendAsync(Call.Get($"{AgentSession.Root}/health"), cancellationToken).ConfigureAwait(false)).Read(ElizaJson.Default.ServiceHealth);

    private Task<Reply> SendAsync(Call call, CancellationToken cancellationToken) => _client.Pipeline.SendAsync(AgentSession.In(_client, call), cancellationToken);
}
