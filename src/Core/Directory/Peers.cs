using System.Text.Json;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Directory;

/// <summary>The peers of a workspace.</summary>
public sealed class Peers
{
    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly TimeProvider _time;

    internal Peers(IDocumentStore store, Workspaces workspaces, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _time = time;
    }

    /// <summary>Creates the workspace too. Metadata and configuration, where given, replace those of an existing peer.</summary>
    public async Task<(Peer Peer, bool Created)> GetOrCreateAsync(string workspace, string id, JsonElement? metadata, JsonElement? configuration, CancellationToken cancellationToken)
    {
        if (!Names.CanExist(id))
            throw Errors.BadPeerNames([id]);
        await EnsureWorkspaceAsync(workspace, cancellationToken);
        var created = false;
        var peer = await _store.ChangeAsync(Owners.Peers(workspace), id, DocumentJson.Default.Peer, Change, cancellationToken);
        return (peer!, created);

        Peer Change(Peer? current)
        {
            created = current is null;
            if (current is null)
                return NewPeer(workspace, id, metadata, configuration);
            if (current.IsScope)
                throw Errors.IsScope(id);
            if (metadata is null && configuration is null)
                return current;
            return current with { Metadata = metadata ?? current.Metadata, Configuration = configuration ?? current.Configuration };
        }
    }

    /// <summary>Null when it does not exist.</summary>
    public async Task<Peer?> FindAsync(string workspace, string id, CancellationToken cancellationToken) =>
        Names.CanExist(id) ? await _store.FindAsync(Owners.Peers(workspace), id, DocumentJson.Default.Peer, cancellationToken) : null;

    public Task<Page<Peer>> ListAsync(string workspace, PeerKinds kinds, Paging paging, Condition? where, CancellationToken cancellationToken)
    {
        var kind = kinds == PeerKinds.All ? null : new Condition.Compare(Field.Boolean("isScope"), Comparison.Equal, kinds == PeerKinds.Scopes);
        var query = new Query("peer") { Where = Stored.And(where, kind), Descending = paging.Reverse };
        return _store.PageAsync(Owners.Peers(workspace), query, paging, DocumentJson.Default.Peer, cancellationToken);
    }

    /// <summary>Every session that the peer is or was a member of, deleted ones included until they are purged.</summary>
    public async Task<Page<Session>> SessionsAsync(string workspace, string peer, Paging paging, Condition? where, CancellationToken cancellationToken)
    {
        if (where is null)
        {
            var memberships = new Query("membership") { Descending = paging.Reverse };
            var page = await _store.PageAsync(Owners.Memberships(workspace, peer), memberships, paging, DocumentJson.Default.Membership, cancellationToken);
            return new Page<Session>(await SessionsAsync(page.Items.Select(item => item.Session), null), page.Total);
        }

        var matching = new List<Session>();
        foreach (var chunk in (await SessionNamesAsync(workspace, peer, cancellationToken)).Chunk(StoreLimits.PageSize))
            matching.AddRange(await SessionsAsync(chunk, where));
        if (paging.Reverse)
            matching.Reverse();
        return new Page<Session>([.. matching.Skip(paging.Skip).Take(paging.Size)], matching.Count);

        async Task<IReadOnlyList<Session>> SessionsAsync(IEnumerable<string> sessions, Condition? filter)
        {
            string[] order = [.. sessions];
            var query = new Query("session") { Ids = order, Where = filter, Limit = StoreLimits.PageSize };
            var found = await _store.QueryAsync(Owners.Sessions(workspace), query, cancellationToken);
            var byName = found.Items.Select(item => item.As(DocumentJson.Default.Session)).ToDictionary(session => session.Name);
            return [.. order.Where(byName.ContainsKey).Select(name => byName[name])];
        }
    }

    /// <summary>Names of the sessions that the peer is or was in, oldest first.</summary>
    internal async Task<IReadOnlyList<string>> SessionNamesAsync(string workspace, string peer, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var document in _store.AllAsync(Owners.Memberships(workspace, peer), new Query("membership"), cancellationToken))
            names.Add(document.As(DocumentJson.Default.Membership).Session);
        return names;
    }

    /// <summary>Creates those that do not exist. Nothing is created when one of the names is not allowed.</summary>
    internal async Task EnsureAsync(string workspace, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var scopes = names.Where(name => name.StartsWith(Names.ScopePrefix, StringComparison.Ordinal)).ToArray();
        if (scopes.Length > 0)
            throw Errors.IsScope(scopes[0]);
        var invalid = names.Where(name => !Names.IsValid(name)).Order(StringComparer.Ordinal).ToArray();
        if (invalid.Length > 0)
            throw Errors.BadPeerNames(invalid);

        await EnsureWorkspaceAsync(workspace, cancellationToken);
        await Task.WhenAll(names.Select(EnsureOneAsync));

        async Task EnsureOneAsync(string name)
        {
            if (await _store.ReadAsync(Owners.Peers(workspace), name, cancellationToken) is null)
                await _store.TryCreateAsync(Owners.Peers(workspace), name, NewPeer(workspace, name, null, null), DocumentJson.Default.Peer, cancellationToken);
        }
    }

    internal async Task EnsureWorkspaceAsync(string workspace, CancellationToken cancellationToken) =>
        await _workspaces.GetOrCreateAsync(workspace, null, null, cancellationToken);

    private Peer NewPeer(string workspace, string id, JsonElement? metadata, JsonElement? configuration)
    {
        if (id.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
            throw Errors.IsScope(id);
        if (!Names.IsValid(id))
            throw Errors.BadPeerNames([id]);

        return new Peer
        {
            Name = id,
            WorkspaceId = workspace,
            Metadata = metadata ?? FreeJson.Empty,
            Configuration = configuration ?? FreeJson.Empty,
            CreatedAt = _time.GetUtcNow(),
        };
    }
}
