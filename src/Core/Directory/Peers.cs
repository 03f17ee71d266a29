using System.Text.Json;
using Kith.Core.Filters;

namespace Kith.Core.Directory;

/// <summary>The peers of a workspace.</summary>
public sealed class Peers
{
    /// <summary>Creates the workspace too. Metadata and configuration, where given, replace those of an existing peer.</summary>
    public Task<(Peer Peer, bool Created)> GetOrCreateAsync(string workspace, string id, JsonElement? metadata, JsonElement? configuration, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Null when it does not exist.</summary>
    public Task<Peer?> FindAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Peer>> ListAsync(string workspace, PeerKinds kinds, Paging paging, Condition? where, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Every session that the peer is or was a member of, deleted ones included until they are purged.</summary>
    public Task<Page<Session>> SessionsAsync(string workspace, string peer, Paging paging, Condition? where, CancellationToken cancellationToken) => throw new NotSupportedException();
}
