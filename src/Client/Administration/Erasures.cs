using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Administration;

/// <summary>Takes away a message, a session, a peer, a conclusion or everything, with what was made of it, and proves that nothing is left. Kith only.</summary>
/// <example>
/// <code>
/// var erasure = await kith.Erasures.ErasePeerAsync("alice");
/// erasure = await kith.Erasures.WaitAsync(erasure.Id);
/// var proof = await kith.Erasures.ProveAsync(erasure.Id);
/// </code>
/// </example>
public class Erasures
{
    private const string Running = "running";

    private readonly KithClient _client;

    internal Erasures(KithClient client) => _client = client;

    /// <summary>For tests: erasures without a server.</summary>
    protected Erasures() => _client = null!;

    private string Path => $"{_client.OwnPath}/erasures";

    /// <summary>Erases a message with every copy of it and what was concluded from it alone.</summary>
    /// <param name="session">Its session.</param>
    /// <param name="message">Its id.</param>
    /// <param name="cancellationToken">Stops waiting for the receipt; the erasure goes on.</param>
    /// <exception cref="KithNotFoundException">There is no such message, or no such workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var erasure = await kith.Erasures.EraseMessageAsync(session, message.Id);
    /// </code>
    /// </example>
    public virtual Task<Erasure> EraseMessageAsync(SessionId session, string message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return StartAsync(new ErasureCreate("message", Session: session.Value, Message: message), cancellationToken);
    }

    /// <summary>Erases a session with what was learnt in it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Stops waiting for the receipt; the erasure goes on.</param>
    /// <exception cref="KithNotFoundException">There is no such session, or no such workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<Erasure> EraseSessionAsync(SessionId session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return StartAsync(new ErasureCreate("session", Session: session.Value), cancellationToken);
    }

    /// <summary>Erases what a peer said, what is known of it and what it knows.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Stops waiting for the receipt; the erasure goes on.</param>
    /// <exception cref="KithNotFoundException">There is no such peer, or no such workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<Erasure> ErasePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return StartAsync(new ErasureCreate("peer", Peer: peer.Value), cancellationToken);
    }

    /// <summary>Erases a conclusion with what was worked out from it. The message that says so stays.</summary>
    /// <param name="conclusion">Its id.</param>
    /// <param name="cancellationToken">Stops waiting for the receipt; the erasure goes on.</param>
    /// <exception cref="KithNotFoundException">There is no such conclusion, or no such workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<Erasure> EraseConclusionAsync(string conclusion, CancellationToken cancellationToken = default) =>
        StartAsync(new ErasureCreate("conclusion", Conclusion: conclusion), cancellationToken);

    /// <summary>Erases the workspace. The receipt stays.</summary>
    /// <param name="cancellationToken">Stops waiting for the receipt; the erasure goes on.</param>
    /// <exception cref="KithNotFoundException">There is no such workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<Erasure> EraseWorkspaceAsync(CancellationToken cancellationToken = default) => StartAsync(new ErasureCreate("workspace"), cancellationToken);

    /// <summary>The receipts of the workspace, the newest first.</summary>
    /// <param name="options">How many at a time. They cannot be filtered.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<Erasure> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Get, Path, options, AdministrationJson.Default.ErasurePage, row => row, cancellationToken);

    /// <summary>How far an erasure is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such erasure.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<Erasure> GetAsync(string id, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get(PathOf(id)), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Erasure);

    /// <summary>Waits until an erasure has ended.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="timeout">How long at most: 5 minutes unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Completed or failed.</returns>
    /// <exception cref="KithTimeoutException">It still runs.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// erasure = await kith.Erasures.WaitAsync(erasure.Id, TimeSpan.FromMinutes(30));
    /// </code>
    /// </example>
    public virtual Task<Erasure> WaitAsync(string id, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _client.WaitAsync(() => GetAsync(id, cancellationToken), erasure => erasure.State != Running, $"Erasure {id}", timeout, cancellationToken);

    /// <summary>Has every store searched for what is left.</summary>
    /// <param name="id">The erasure.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such erasure.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<ErasureProof> ProveAsync(string id, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get($"{PathOf(id)}/proof"), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.ErasureProof);

    private async Task<Erasure> StartAsync(ErasureCreate target, CancellationToken cancellationToken) =>
        (await _client.Pipeline.SendAsync(Call.Post(Path, target, AdministrationJson.Default.ErasureCreate), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Erasure);

    private string PathOf(string id) => $"{Path}/{Ids.Given(id, nameof(id))}";
}
