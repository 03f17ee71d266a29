using Kith.Client.Models;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client;

/// <summary>Addresses that the events of a workspace are posted to: up to 10.</summary>
/// <example>
/// <code>
/// await kith.Webhooks.CreateAsync(new Uri("https://app.example/hooks/kith"));
/// await kith.Webhooks.TestAsync();
/// </code>
/// </example>
public class Webhooks
{
    private readonly KithClient _client;

    internal Webhooks(KithClient client) => _client = client;

    /// <summary>For tests: webhooks without a server.</summary>
    protected Webhooks() => _client = null!;

    private string Path => $"{_client.Path}/webhooks";

    /// <summary>Adds an address, or finds the one that is there already.</summary>
    /// <param name="address">With <c>http</c> or <c>https</c>, up to 2,048 characters, not private.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithConflictException">There are 10 already.</exception>
    /// <exception cref="KithValidationException">The address will not do.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<Webhook> CreateAsync(Uri address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var reply = await KithClient.OrCreateAsync(
            () => _client.Pipeline.SendAsync(Call.Post(Path, new WebhookCreate(address.OriginalString), HonchoJson.Default.WebhookCreate), cancellationToken),
            () => _client.CreateAsync(cancellationToken)).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Webhook);
    }

    /// <summary>The addresses.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<Webhook> ListAsync(CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Get, Path, null, HonchoJson.Default.WebhookPage, row => row, cancellationToken);

    /// <summary>Removes an address.</summary>
    /// <param name="id">The id of the webhook.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such webhook.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _client.Pipeline.SendAsync(Call.Delete($"{Path}/{Ids.Given(id, nameof(id))}"), cancellationToken);

    /// <summary>Has a test event sent to all of them.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task TestAsync(CancellationToken cancellationToken = default) => _client.Pipeline.SendAsync(Call.Get($"{Path}/test"), cancellationToken);
}
