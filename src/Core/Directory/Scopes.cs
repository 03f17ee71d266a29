using System.Text.Json;
using Kith.Core.Conversations;
using Kith.Core.Storage;

namespace Kith.Core.Directory;

/// <summary>Named sets of sessions: visibility boundaries for recall. A scope <c>x</c> is the hidden peer <c>scope.x</c>.</summary>
public sealed class Scopes
{
    private static readonly JsonElement NotObserved = JsonElement.Parse("""{"observe_me":false}""");

    private readonly IDocumentStore _store;
    private readonly Peers _peers;
    private readonly TimeProvider _time;

    internal Scopes(IDocumentStore store, Peers peers, TimeProvider time)
    {
        _store = store;
        _peers = peers;
        _time = time;
    }

    /// <summary>Metadata is used at creation only. Conflict when an ordinary peer holds the name.</summary>
    public async Task<(Peer Scope, bool Created)> GetOrCreateAsync(string workspace, string id, JsonElement? metadata, CancellationToken cancellationToken)
    {
        if (!Names.HasValidCharacters(id) || id.Length > Limits.ScopeIdCharacters)
            throw new KithException(ErrorCode.Invalid, $"Scope id '{id}' must match pattern {Names.Pattern} and have at most {Limits.ScopeIdCharacters} characters");

        await _peers.EnsureWorkspaceAsync(workspace, cancellationToken);
        var created = false;
        var scope = await _store.ChangeAsync(Owners.Peers(workspace), PeerName(id), DocumentJson.Default.Peer, Change, cancellationToken);
        return (scope!, created);

        Peer Change(Peer? current)
        {
            created = current is null;
            if (current is { IsScope: false })
                throw new KithException(ErrorCode.Conflict, $"Peer '{PeerName(id)}' exists and is not a scope");

            return current ?? new Peer
            {
                Name = PeerName(id),
                WorkspaceId = workspace,
                Metadata = metadata ?? FreeJson.Empty,
                Configuration = NotObserved,
                CreatedAt = _time.GetUtcNow(),
                IsScope = true,
            };
        }
    }

    /// <summary>The scope's peer, or not found.</summary>
    public async Task<Peer> GetAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await _peers.FindAsync(workspace, PeerName(id), cancellationToken) ?? throw Errors.ScopeNotFound(id, workspace);

    public Task<Page<Peer>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) =>
        _peers.ListAsync(workspace, PeerKinds.Scopes, paging, null, cancellationToken);

    /// <summary>All or nothing: not found names the sessions that do not exist.</summary>
    public async Task AddSessionsAsync(string workspace, string id, IReadOnlyList<string> sessions, CancellationToken cancellationToken)
    {
        await GetAsync(workspace, id, cancellationToken);
        string[] wanted = [.. sessions.Distinct(StringComparer.Ordinal)];
        var query = new Query("session") { Ids = wanted, Limit = StoreLimits.PageSize };
        var found = await _store.QueryAsync(Owners.Sessions(workspace), query, cancellationToken);
        var missing = wanted.Except(found.Items.Select(item => item.Id), StringComparer.Ordinal).Select(name => $"'{name}'").ToArray();
        if (missing.Length > 0)
            throw new KithException(ErrorCode.NotFound, $"Session(s) [{string.Join(", ", missing)}] not found in workspace {workspace}");

        var now = _time.GetUtcNow();
        await Task.WhenAll(wanted.Select(session => _store.TryCreateAsync(
            Members(workspace, id),
            session,
            new Membership { Session = session, CreatedAt = now },
            DocumentJson.Default.Membership,
            cancellationToken)));
    }

    public async Task RemoveSessionAsync(string workspace, string id, string session, CancellationToken cancellationToken)
    {
        await GetAsync(workspace, id, cancellationToken);
        if (Names.CanExist(session))
            await _store.ExecuteAsync(Members(workspace, id), [new Operation.Delete(session)], cancellationToken);
    }

    /// <summary>By the time they joined.</summary>
    public async Task<Page<Session>> SessionsAsync(string workspace, string id, Paging paging, CancellationToken cancellationToken)
    {
        await GetAsync(workspace, id, cancellationToken);
        return await _peers.SessionsAsync(workspace, PeerName(id), paging, null, cancellationToken);
    }

    /// <summary>Each session of the scope and since when it is visible through it.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> StatusAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        await GetAsync(workspace, id, cancellationToken);
        var status = new Dictionary<string, DateTimeOffset>();
        await foreach (var document in _store.AllAsync(Members(workspace, id), new Query("membership"), cancellationToken))
        {
            var membership = document.As(DocumentJson.Default.Membership);
            status[membership.Session] = membership.CreatedAt;
        }

        return status;
    }

    /// <summary>The sessions of all these scopes together; not found for an unknown scope, invalid above the allowlist limit.</summary>
    public async Task<IReadOnlyList<string>> AllowlistAsync(string workspace, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
            sessions.UnionWith((await StatusAsync(workspace, id, cancellationToken)).Keys);
        if (sessions.Count > Limits.SessionsPerAllowlist)
            throw new KithException(ErrorCode.Invalid, $"The scopes have {sessions.Count} sessions together; at most {Limits.SessionsPerAllowlist} are allowed");

        return [.. sessions];
    }

    private static string PeerName(string id) => Names.ScopePrefix + id;

    private static Partition Members(string workspace, string id) => Owners.Memberships(workspace, PeerName(id));
}
