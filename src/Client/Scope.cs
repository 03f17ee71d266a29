using System.Text.Json.Nodes;
using Kith.Client.Models;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client;

/// <summary>A named set of sessions: what is recalled through it rests on them and on nothing else. <see cref="KithClient.CreateScopeAsync"/> makes one.</summary>
/// <example>
/// <code>
/// var work = await kith.CreateScopeAsync("work");
/// await work.AddSessionsAsync([session]);
/// var answer = await alice.ChatAsync("What am I working on?", new() { Scopes = [work.Id] });
/// </code>
/// </example>
public class Scope
{
    private readonly KithClient _client;

    internal Scope(KithClient client, string id) => (_client, Id) = (client, id);

    internal Scope(KithClient client, ScopeRow row)
        : this(client, row.Id) => (Metadata, CreatedAt) = (row.Metadata, row.CreatedAt);

    /// <summary>For tests: a scope without a server.</summary>
    protected Scope() => (_client, Id) = (null!, "");

    /// <summary>Its id.</summary>
    public virtual string Id { get; }

    /// <summary>As read; null where it was not.</summary>
    public virtual JsonObject? Metadata { get; protected set; }

    /// <summary>As read; null where it was not.</summary>
    public virtual DateTimeOffset? CreatedAt { get; protected set; }

    private string Path => $"{_client.Path}/scopes/{Id}";

    /// <summary>Reads its metadata into the properties.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such scope.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get(Path), cancellationToken).ConfigureAwait(false);
        var row = reply.Read(HonchoJson.Default.ScopeRow);
        (Metadata, CreatedAt) = (row.Metadata, row.CreatedAt);
    }

    /// <summary>Adds sessions, all or none. Those that are in it already stay.</summary>
    /// <param name="sessions">1 to 100.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such scope or session.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await work.AddSessionsAsync(["standup-1", "standup-2"]);
    /// </code>
    /// </example>
    public virtual Task AddSessionsAsync(IEnumerable<SessionId> sessions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var body = new ScopeSessions([.. sessions.Select(session => session.Value)]);
        return _client.Pipeline.SendAsync(Call.Post($"{Path}/sessions", body, HonchoJson.Default.ScopeSessions), cancellationToken);
    }

    /// <summary>Takes a session out of it.</summary>
    /// <param name="session">The session, whether or not it is in it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such scope.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task RemoveSessionAsync(SessionId session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _client.Pipeline.SendAsync(Call.Delete($"{Path}/sessions/{session.Value}"), cancellationToken);
    }

    /// <summary>Its sessions, in the order in which they came into it.</summary>
    /// <param name="options">How many at a time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var session in work.GetSessionsAsync())
    ///     Console.WriteLine(session);
    /// </code>
    /// </example>
    public virtual Paged<Session> GetSessionsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Post, $"{Path}/sessions/list", options, HonchoJson.Default.SessionPage, row => new Session(_client, row), cancellationToken);

    /// <summary>How far its sessions are on their way into it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such scope.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<ScopeStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get($"{Path}/status"), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.ScopeStatus);
    }

    /// <summary>Its id.</summary>
    public override string ToString() => Id;
}
