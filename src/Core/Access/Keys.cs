using System.Security.Cryptography;
using System.Text;
using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Access;

/// <summary>The keys of the server and of its workspaces. Each call looks a key up; what was read lately is believed for <see cref="Believed"/>, which is what a revocation may take.</summary>
public sealed class Keys
{
    public const int MostKeys = 1_000;

    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);

    /// <summary>How exact the time of the last use is: a write per key and so long.</summary>
    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(5);

    private static readonly Query All = new(Key.DocumentType) { Descending = true };

    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly TimeProvider _time;
    private readonly Recent<(string? Workspace, string Id), Key?> _recent = new(Believed, MostRemembered);

    internal Keys(IDocumentStore store, Workspaces workspaces, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _time = time;
    }

    /// <summary>A key with its token, which nobody can be told again. Not found without the workspace; conflict at the limit.</summary>
    public async Task<(Key Key, string Token)> CreateAsync(NewKey wanted, CancellationToken cancellationToken)
    {
        var secret = KeyToken.NewSecret();
        var key = await CreateAsync(wanted, [new KeySecret(HashOf(secret), _time.GetUtcNow())], cancellationToken);
        return (key, new KeyToken(key.Id, secret, key.Workspace).ToString());
    }

    /// <summary>The record of a key that a signature proves: it can be listed and revoked like the others. Needs no workspace to exist.</summary>
    public Task<Key> CreateSignedAsync(NewKey wanted, CancellationToken cancellationToken) => StoreAsync(wanted, [], cancellationToken);

    /// <summary>The newest first; of the whole server when <paramref name="workspace"/> is null.</summary>
    public Task<Page<Key>> ListAsync(string? workspace, Paging paging, CancellationToken cancellationToken) =>
        _store.PageAsync(PartitionOf(workspace), All with { Descending = !paging.Reverse }, paging, DocumentJson.Default.Key, cancellationToken);

    /// <exception cref="KithException">Not found.</exception>
    public async Task<Key> GetAsync(string? workspace, string id, CancellationToken cancellationToken) =>
        (Names.IsValid(id) ? await ReadAsync(workspace, id, cancellationToken) : null) ?? throw NotFound(id);

    /// <summary>Another secret for the key. The one before it goes on working for so long, any older one ends. Not found; conflict when the key is not valid or has no secret.</summary>
    public async Task<(Key Key, string Token)> RotateAsync(string? workspace, string id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var secret = KeyToken.NewSecret();
        var key = await ChangeAsync(workspace, id, Rotate, cancellationToken);
        return (key, new KeyToken(id, secret, workspace).ToString());

        Key Rotate(Key current)
        {
            var now = _time.GetUtcNow();
            if (!current.IsValid(now) || current.Secrets.Count == 0)
                throw new KithException(ErrorCode.Conflict, $"Key {id} cannot be rotated: it is revoked, expired or a signed one.");
            var before = current.Secrets[^1] with { ExpiresAt = now + overlap };
            return current with { Secrets = overlap > TimeSpan.Zero ? [before, new(HashOf(secret), now)] : [new(HashOf(secret), now)] };
        }
    }

    /// <summary>The key opens nothing any more; here at once, elsewhere within half a minute. It stays in the list. Not found.</summary>
    public Task<Key> RevokeAsync(string? workspace, string id, CancellationToken cancellationToken) =>
        ChangeAsync(workspace, id, key => key.RevokedAt is null ? key with { RevokedAt = _time.GetUtcNow() } : key, cancellationToken);

    /// <summary>The key that the text stands for, if it is valid now; null otherwise.</summary>
    public async Task<Key?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (KeyToken.Read(token) is not { } given || await ValidAsync(given.Workspace, given.Id, cancellationToken) is not { } key)
            return null;

        var (hash, now) = (HashOf(given.Secret), _time.GetUtcNow());
        var isHeld = false;
        foreach (var secret in key.Secrets)
            isHeld |= CryptographicOperations.FixedTimeEquals(secret.Hash, hash) && !(secret.ExpiresAt <= now);
        return isHeld ? await UsedAsync(key, cancellationToken) : null;
    }

    /// <summary>The record of a signed key, if it is valid now; null otherwise.</summary>
    public async Task<Key?> FindSignedAsync(string? workspace, string id, CancellationToken cancellationToken) =>
        Names.IsValid(id) && await ValidAsync(workspace, id, cancellationToken) is { Secrets.Count: 0 } key ? await UsedAsync(key, cancellationToken) : null;

    /// <summary>Whether the text is meant to be such a key.</summary>
    public static bool IsToken(string text) => KeyToken.LooksLikeOne(text);

    private async Task<Key> CreateAsync(NewKey wanted, IReadOnlyList<KeySecret> secrets, CancellationToken cancellationToken)
    {
        if (wanted.Workspace is { } workspace)
            _ = await _workspaces.FindAsync(workspace, cancellationToken) ?? throw Errors.WorkspaceNotFound(workspace);
        if (await _store.CountAsync(PartitionOf(wanted.Workspace), All, cancellationToken) >= MostKeys)
            throw new KithException(ErrorCode.Conflict, $"There are {MostKeys} keys already.");
        return await StoreAsync(wanted, secrets, cancellationToken);
    }

    private async Task<Key> StoreAsync(NewKey wanted, IReadOnlyList<KeySecret> secrets, CancellationToken cancellationToken)
    {
        var key = new Key
        {
            Id = Ids.New(),
            Name = wanted.Name,
            Workspace = wanted.Workspace,
            Peer = wanted.Peer,
            Session = wanted.Session,
            ReadOnly = wanted.ReadOnly,
            Secrets = secrets,
            CreatedAt = _time.GetUtcNow(),
            ExpiresAt = wanted.ExpiresAt,
        };
        await _store.PutAsync(PartitionOf(key.Workspace), key.Id, key, DocumentJson.Default.Key, cancellationToken);
        return key;
    }

    private async Task<Key?> ValidAsync(string? workspace, string id, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (!_recent.TryGet((workspace, id), now, out var key))
            key = _recent.Keep((workspace, id), now, await ReadAsync(workspace, id, cancellationToken));
        return key?.IsValid(now) == true ? key : null;
    }

    private async Task<Key> UsedAsync(Key key, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (now - key.LastUsedAt < UseGrain)
            return key;

        try
        {
            return await ChangeAsync(key.Workspace, key.Id, current => now - current.LastUsedAt < UseGrain ? current : current with { LastUsedAt = now }, cancellationToken);
        }
        catch (KithException outage) when (outage.Code is ErrorCode.Unavailable or ErrorCode.NotFound)
        {
            // When it was used last is worth less than the call.
            return key;
        }
    }

    private async Task<Key> ChangeAsync(string? workspace, string id, Func<Key, Key> change, CancellationToken cancellationToken)
    {
        var changed = Names.IsValid(id)
            ? await _store.ChangeAsync(PartitionOf(workspace), id, DocumentJson.Default.Key, current => current is null ? null : change(current), cancellationToken)
            : null;
        _recent.Forget((workspace, id));
        return changed ?? throw NotFound(id);
    }

    private Task<Key?> ReadAsync(string? workspace, string id, CancellationToken cancellationToken) =>
        _store.FindAsync(PartitionOf(workspace), id, DocumentJson.Default.Key, cancellationToken);

    private static Partition PartitionOf(string? workspace) => workspace is null ? Owners.Keys : Owners.Workspace(workspace);

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static KithException NotFound(string id) => new(ErrorCode.NotFound, $"Key {id} not found");
}
