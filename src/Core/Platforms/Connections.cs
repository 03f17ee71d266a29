using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Secrets;
using Kith.Core.Storage;

namespace Kith.Core.Platforms;

/// <summary>The connections of workspaces to chat platforms.</summary>
public sealed class Connections
{
    private const int MostRecent = 1_000;
    private static readonly TimeSpan RecentLife = TimeSpan.FromSeconds(10);
    private static readonly Query All = new(Connection.DocumentType);

    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly Deliveries _deliveries;
    private readonly SecretBox _box;
    private readonly TimeProvider _time;

    /// <summary>What events asked for a moment ago; null where there was none.</summary>
    private readonly Recent<string, OpenConnection?> _recent = new(RecentLife, MostRecent);

    internal Connections(IDocumentStore store, Workspaces workspaces, Deliveries deliveries, SecretBox box, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _deliveries = deliveries;
        _box = box;
        _time = time;
    }

    /// <summary>Creates the workspace too. Conflict at the limit, or where no secret can be kept; invalid where the platform has no such secret or setting.</summary>
    /// <param name="agent">The peer that the bot is; made of the platform's name where null.</param>
    public async Task<Connection> CreateAsync(
        string workspace, Platform platform, IReadOnlyDictionary<string, string> secrets, string? agent, ConnectionChange change, CancellationToken cancellationToken)
    {
        Demand(platform.Secrets, secrets.Keys, "secret", platform);
        Demand(platform.Settings, change.Settings?.Keys ?? [], "setting", platform);
        await _workspaces.GetOrCreateAsync(workspace, null, null, cancellationToken);
        if (await _store.CountAsync(Owners.Workspace(workspace), All, cancellationToken) >= Limits.ConnectionsPerWorkspace)
            throw new KithException(ErrorCode.Conflict, $"A workspace has {Limits.ConnectionsPerWorkspace} connections at most");

        var now = _time.GetUtcNow();
        var bare = new Connection { Id = Ids.New(), WorkspaceId = workspace, Platform = platform.Name, Agent = agent ?? platform.NameOf("bot"), CreatedAt = now };
        var connection = change.Apply(bare) with { Secrets = [.. secrets.Select(secret => Sealed(bare, secret.Key, secret.Value, now))] };
        // The entry comes last: an event finds a whole connection or none.
        await _store.PutAsync(Owners.Workspace(workspace), connection.Id, connection, DocumentJson.Default.Connection, cancellationToken);
        await _store.PutAsync(Owners.Connections, connection.Id, new ConnectionEntry(workspace, now), DocumentJson.Default.ConnectionEntry, cancellationToken);
        _recent.Forget(connection.Id);
        return connection;
    }

    public Task<Page<Connection>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) =>
        _store.PageAsync(Owners.Workspace(workspace), All, paging, DocumentJson.Default.Connection, cancellationToken);

    /// <summary>Not found when missing.</summary>
    public async Task<Connection> DemandAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await FindAsync(workspace, id, cancellationToken) ?? throw NotFound(workspace, id);

    /// <summary>Null when missing.</summary>
    internal async Task<Connection?> FindAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        // Webhooks and keys have ids in the same place.
        var document = Names.IsValid(id) ? await _store.ReadAsync(Owners.Workspace(workspace), id, cancellationToken) : null;
        return document?.IsOf(Connection.DocumentType) == true ? document.As(DocumentJson.Default.Connection) : null;
    }

    /// <summary>Not found when missing; invalid where the platform has no such setting.</summary>
    public async Task<Connection> ChangeAsync(string workspace, string id, ConnectionChange change, CancellationToken cancellationToken)
    {
        var platform = Platform.Find((await DemandAsync(workspace, id, cancellationToken)).Platform)!;
        Demand(platform.Settings, change.Settings?.Keys ?? [], "setting", platform);
        return await ChangeAsync(workspace, id, change.Apply, cancellationToken);
    }

    /// <summary>Gives a connection secrets, new ones or in place of others, which hold beside them for a while; what was before those ends at once. Not found when missing.</summary>
    /// <param name="overlap">How long; zero ends them at once.</param>
    public async Task<Connection> RotateAsync(string workspace, string id, IReadOnlyDictionary<string, string> secrets, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var platform = Platform.Find((await DemandAsync(workspace, id, cancellationToken)).Platform)!;
        Demand(platform.Secrets, secrets.Keys, "secret", platform);
        var now = _time.GetUtcNow();
        return await ChangeAsync(workspace, id, Rotate, cancellationToken);

        Connection Rotate(Connection connection)
        {
            var before = connection.Secrets.Where(secret => secrets.ContainsKey(secret.Name) && overlap > TimeSpan.Zero).DistinctBy(secret => secret.Name).Select(secret => secret with { ExpiresAt = now + overlap });
            return connection with
            {
                Secrets = [.. secrets.Select(secret => Sealed(connection, secret.Key, secret.Value, now)), .. before, .. connection.Secrets.Where(secret => !secrets.ContainsKey(secret.Name))],
            };
        }
    }

    /// <summary>Its events find nothing any more, and replies that wait are dropped; what was said stays. Not found when missing, also on repeat.</summary>
    public async Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        await DemandAsync(workspace, id, cancellationToken);
        await _store.ExecuteAsync(Owners.Connections, [new Operation.Delete(id)], cancellationToken);
        await _store.ExecuteAsync(Owners.Workspace(workspace), [new Operation.Delete(id)], cancellationToken);
        _recent.Forget(id);
        await _deliveries.RemoveAsync(workspace, id, cancellationToken);
    }

    /// <summary>For an event that names it: at most 10 seconds old, but what this process changed holds at once. Null when there is none.</summary>
    public async ValueTask<OpenConnection?> OpenAsync(string id, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (_recent.TryGet(id, now, out var known))
            return known;

        var entry = Names.IsValid(id) ? await _store.FindAsync(Owners.Connections, id, DocumentJson.Default.ConnectionEntry, cancellationToken) : null;
        var connection = entry is null ? null : await FindAsync(entry.WorkspaceId, id, cancellationToken);
        return _recent.Keep(id, now, connection is null ? null : Open(connection));
    }

    /// <summary>Secrets that do not open are as if they had never been given.</summary>
    internal OpenConnection Open(Connection connection) => new(
        connection,
        [.. connection.Secrets.Select(secret => (Secret: secret, Value: _box.Open(secret.Value, connection.PlaceOf(secret.Name)))).Where(pair => pair.Value is not null).Select(pair => pair.Secret with { Value = pair.Value! })],
        _time);

    private ConnectionSecret Sealed(Connection connection, string name, string value, DateTimeOffset now) => new(name, _box.Seal(value, connection.PlaceOf(name)), now);

    private async Task<Connection> ChangeAsync(string workspace, string id, Func<Connection, Connection> change, CancellationToken cancellationToken)
    {
        var changed = await _store.ChangeAsync(Owners.Workspace(workspace), id, DocumentJson.Default.Connection, connection => connection is null ? null : change(connection), cancellationToken);
        _recent.Forget(id);
        return changed ?? throw NotFound(workspace, id);
    }

    private static void Demand(IReadOnlyList<string> known, IEnumerable<string> given, string what, Platform platform)
    {
        if (given.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new KithException(ErrorCode.Invalid, $"{platform.Name} has no {what} '{unknown}', but {(known.Count == 0 ? "none" : string.Join(", ", known))}");
    }

    private static KithException NotFound(string workspace, string id) => new(ErrorCode.NotFound, $"Connection {id} not found in workspace {workspace}");
}
