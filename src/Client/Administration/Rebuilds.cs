using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Administration;

/// <summary>Makes what is derived from messages anew: after a change of model, of prompts, or of rules. Kith only.</summary>
/// <example>
/// <code>
/// var rebuild = await kith.Rebuilds.StartAsync([RebuildPart.Conclusions], peer: "alice");
/// rebuild = await kith.Rebuilds.WaitAsync(rebuild.Id);
/// </code>
/// </example>
public class Rebuilds
{
    private readonly KithClient _client;

    internal Rebuilds(KithClient client) => _client = client;

    /// <summary>For tests: rebuilds without a server.</summary>
    protected Rebuilds() => _client = null!;

    private string Path => $"{_client.OwnPath}/rebuilds";

    /// <summary>Asks for a rebuild. It happens in the background; what there is answers until it is done.</summary>
    /// <param name="what">What is made anew; null: everything.</param>
    /// <param name="session">Only of this session.</param>
    /// <param name="peer">Only of this peer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such workspace, session or peer.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var rebuild = await kith.Rebuilds.StartAsync([RebuildPart.Conclusions, RebuildPart.Index], session: session);
    /// </code>
    /// </example>
    public virtual async Task<Rebuild> StartAsync(IEnumerable<RebuildPart>? what = null, SessionId? session = null, PeerId? peer = null, CancellationToken cancellationToken = default)
    {
        var body = new RebuildCreate(what is null ? null : [.. what], session?.Value, peer?.Value);
        return (await _client.Pipeline.SendAsync(Call.Post(Path, body, AdministrationJson.Default.RebuildCreate), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Rebuild);
    }

    /// <summary>The rebuilds of the workspace, the newest first.</summary>
    /// <param name="options">How many at a time. They cannot be filtered.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<Rebuild> ListAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Get, Path, options, AdministrationJson.Default.RebuildPage, row => row, cancellationToken);

    /// <summary>How far a rebuild is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such rebuild.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<Rebuild> GetAsync(string id, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get($"{Path}/{Ids.Given(id, nameof(id))}"), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Rebuild);

    /// <summary>Waits until a rebuild has ended.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="timeout">How long at most: 5 minutes unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Completed or failed.</returns>
    /// <exception cref="KithTimeoutException">It still runs.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// rebuild = await kith.Rebuilds.WaitAsync(rebuild.Id, TimeSpan.FromHours(1));
    /// </code>
    /// </example>
    public virtual Task<Rebuild> WaitAsync(string id, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _client.WaitAsync(() => GetAsync(id, cancellationToken), rebuild => rebuild.FinishedAt is not null, $"Rebuild {id}", timeout, cancellationToken);
}
