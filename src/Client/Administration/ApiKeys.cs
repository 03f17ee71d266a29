using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Administration;

/// <summary>Keys of the workspace: made, listed, rotated and revoked. Kith only.</summary>
/// <example>
/// <code>
/// var issued = await kith.Keys.CreateAsync("reports", readOnly: true);
/// var reader = new KithClient(new KithClientOptions { WorkspaceId = kith.WorkspaceId, ApiKey = issued.Token });
/// await kith.Keys.RevokeAsync(issued.Key.Id);
/// </code>
/// </example>
public class ApiKeys
{
    private readonly KithClient _client;

    internal ApiKeys(KithClient client) => _client = client;

    /// <summary>For tests: keys without a server.</summary>
    protected ApiKeys() => _client = null!;

    private string Path => $"{_client.OwnPath}/keys";

    /// <summary>Makes a key, and the workspace where it does not exist.</summary>
    /// <param name="name">What it is for: 1 to 100 characters.</param>
    /// <param name="peer">Only for this peer; not with a session.</param>
    /// <param name="session">Only for this session; not with a peer.</param>
    /// <param name="readOnly">It changes nothing.</param>
    /// <param name="expiresAt">Until when; null: for good.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var issued = await kith.Keys.CreateAsync("reports", peer: alice, readOnly: true, expiresAt: DateTimeOffset.UtcNow.AddDays(90));
    /// </code>
    /// </example>
    public virtual async Task<IssuedKey> CreateAsync(
        string name, PeerId? peer = null, SessionId? session = null, bool readOnly = false, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default)
    {
        var call = Call.Post(Path, new KeyCreate(name, peer?.Value, session?.Value, readOnly ? true : null, expiresAt), AdministrationJson.Default.KeyCreate);
        var reply = await KithClient.OrCreateAsync(() => _client.Pipeline.SendAsync(call, cancellationToken), () => _client.CreateAsync(cancellationToken)).ConfigureAwait(false);
        return reply.Read(AdministrationJson.Default.IssuedKey);
    }

    /// <summary>The keys, the newest first.</summary>
    /// <param name="options">How many at a time. They cannot be filtered.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<ApiKey> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Get, Path, options, AdministrationJson.Default.KeyPage, row => row, cancellationToken);

    /// <summary>One of them.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such key.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<ApiKey> GetAsync(string id, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get(PathOf(id)), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.ApiKey);

    /// <summary>Gives a key another secret.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="overlap">For how long the secret before it goes on working: 24 hours unless it says otherwise, 30 days at most.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such key.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var renewed = await kith.Keys.RotateAsync(issued.Key.Id, overlap: TimeSpan.FromHours(1));
    /// </code>
    /// </example>
    public virtual async Task<IssuedKey> RotateAsync(string id, TimeSpan? overlap = null, CancellationToken cancellationToken = default)
    {
        var call = Call.Post($"{PathOf(id)}/rotate", new Rotation(overlap?.TotalHours), AdministrationJson.Default.Rotation);
        return (await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.IssuedKey);
    }

    /// <summary>Has a key open nothing any more.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such key.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task RevokeAsync(string id, CancellationToken cancellationToken = default) => _client.Pipeline.SendAsync(Call.Remove(PathOf(id)), cancellationToken);

    private string PathOf(string id) => $"{Path}/{Ids.Given(id, nameof(id))}";
}
