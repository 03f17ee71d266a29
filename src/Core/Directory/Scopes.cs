using System.Text.Json;

namespace Kith.Core.Directory;

/// <summary>Named sets of sessions: visibility boundaries for recall. A scope <c>x</c> is the hidden peer <c>scope.x</c>.</summary>
public sealed class Scopes
{
    /// <summary>Metadata is used at creation only. Conflict when an ordinary peer holds the name.</summary>
    public Task<(Peer Scope, bool Created)> GetOrCreateAsync(string workspace, string id, JsonElement? metadata, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The scope's peer, or not found.</summary>
    public Task<Peer> GetAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Peer>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>All or nothing: not found names the sessions that do not exist.</summary>
    public Task AddSessionsAsync(string workspace, string id, IReadOnlyList<string> sessions, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveSessionAsync(string workspace, string id, string session, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>By the time they joined.</summary>
    public Task<Page<Session>> SessionsAsync(string workspace, string id, Paging paging, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Each session of the scope and since when it is visible through it.</summary>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> StatusAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The sessions of all these scopes together; not found for an unknown scope, invalid above the allowlist limit.</summary>
    public Task<IReadOnlyList<string>> AllowlistAsync(string workspace, IReadOnlyList<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();
}
