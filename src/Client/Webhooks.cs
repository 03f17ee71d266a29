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

    private string OwnPath => $"{_client.OwnPath}/webhooks";

    /// <summary>Adds an address, or finds the one that is there already.</summary>
    /// <param name="address">With <c>http</c> or <c>https</c>, up to 2,048 characters, not private.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithConflictException">There are 10 already.</exception>
    /// <exception cref="KithValidationException">The address will not do.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var webhook = await kith.Webhooks.CreateAsync(new Uri("https://app.example/hooks/kith"));
    /// </code>
    /// </example>
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
        _client.Pipeline.SendAsync(Call.Remove($"{Path}/{Ids.Given(id, nameof(id))}"), cancellationToken);

    /// <summary>Has a test event sent to all of them. It is not tried again where that fails: on Honcho's wire it is a GET, which no key can tell from another.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task TestAsync(CancellationToken cancellationToken = default) => _client.Pipeline.SendAsync(Call.Get($"{Path}/test") with { CanRepeat = false }, cancellationToken);

    /// <summary>Adds an address for chosen events, or finds the one that is there already. A new one's secret is shown this once. Kith only.</summary>
    /// <param name="address">With <c>http</c> or <c>https</c>, up to 2,048 characters, not private.</param>
    /// <param name="events">Which; null: all. See <see cref="WebhookEndpoint.Events"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithConflictException">There are 10 already.</exception>
    /// <exception cref="KithValidationException">The address will not do, or there is no such event.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var endpoint = await kith.Webhooks.SubscribeAsync(new Uri("https://app.example/hooks/kith"), ["conclusion.created", "step.failed"]);
    /// var secret = endpoint.Secret;
    /// </code>
    /// </example>
    public virtual async Task<WebhookEndpoint> SubscribeAsync(Uri address, IEnumerable<string>? events = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var body = new EndpointCreate(address.OriginalString, events is null ? null : [.. events]);
        var reply = await KithClient.OrCreateAsync(
            () => _client.Pipeline.SendAsync(Call.Post(OwnPath, body, AdministrationJson.Default.EndpointCreate), cancellationToken),
            () => _client.CreateAsync(cancellationToken)).ConfigureAwait(false);
        return reply.Read(AdministrationJson.Default.WebhookEndpoint);
    }

    /// <summary>One address, with its events. Kith only.</summary>
    /// <param name="id">The id of the webhook.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such webhook.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<WebhookEndpoint> GetAsync(string id, CancellationToken cancellationToken = default) => EndpointAsync(Call.Get(PathOf(id)), cancellationToken);

    /// <summary>Chooses the events that an address hears of. Kith only.</summary>
    /// <param name="id">The id of the webhook.</param>
    /// <param name="events">Which: one or more of <see cref="WebhookEndpoint.Events"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such webhook.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await kith.Webhooks.ChooseEventsAsync(webhook.Id, ["step.failed"]);
    /// </code>
    /// </example>
    public virtual Task<WebhookEndpoint> ChooseEventsAsync(string id, IEnumerable<string> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        return EndpointAsync(Call.Patch(PathOf(id), new EndpointChange([.. events]), AdministrationJson.Default.EndpointChange), cancellationToken);
    }

    /// <summary>Gives an address a new secret, shown this once. Kith only.</summary>
    /// <param name="id">The id of the webhook.</param>
    /// <param name="overlap">How long the secret before signs beside it: up to 30 days; null: a day.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such webhook.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var secret = (await kith.Webhooks.RotateSecretAsync(webhook.Id, TimeSpan.FromHours(1))).Secret;
    /// </code>
    /// </example>
    public virtual Task<WebhookEndpoint> RotateSecretAsync(string id, TimeSpan? overlap = null, CancellationToken cancellationToken = default)
    {
        var body = new SecretRotation(overlap is { } time ? (int)time.TotalSeconds : null);
        return EndpointAsync(Call.Post($"{PathOf(id)}/rotate", body, AdministrationJson.Default.SecretRotation), cancellationToken);
    }

    /// <summary>Has a test event sent to one address. Kith only.</summary>
    /// <param name="id">The id of the webhook.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such webhook.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<WebhookDelivery> TestAsync(string id, CancellationToken cancellationToken = default) => DeliveryAsync(Call.Post($"{PathOf(id)}/test"), cancellationToken);

    /// <summary>What was sent to an address and what is to be sent, the newest first. Kith only.</summary>
    /// <param name="id">The id of the webhook.</param>
    /// <param name="state">Only those that are <c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
    /// <param name="event">Only of this event.</param>
    /// <param name="options">How many at a time. They cannot be filtered otherwise.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var delivery in kith.Webhooks.GetDeliveriesAsync(webhook.Id, state: "failed"))
    ///     Console.WriteLine($"{delivery.Event}: {delivery.Attempts[^1].Error}");
    /// </code>
    /// </example>
    public virtual Paged<WebhookDelivery> GetDeliveriesAsync(string id, string? state = null, string? @event = null, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{PathOf(id)}/deliveries").Add("state", state).Add("event", @event);
        return _client.Pipeline.List(HttpMethod.Get, query.ToString(), options, AdministrationJson.Default.DeliveryPage, row => row, cancellationToken);
    }

    /// <summary>Sends an event again, with the same id. Kith only.</summary>
    /// <param name="id">The id of the webhook.</param>
    /// <param name="delivery">The id of the delivery.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such delivery.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// foreach (var delivery in await kith.Webhooks.GetDeliveriesAsync(webhook.Id, state: "failed").ToListAsync())
    ///     await kith.Webhooks.RedeliverAsync(webhook.Id, delivery.Id);
    /// </code>
    /// </example>
    public virtual Task<WebhookDelivery> RedeliverAsync(string id, string delivery, CancellationToken cancellationToken = default) =>
        DeliveryAsync(Call.Post($"{PathOf(id)}/deliveries/{Ids.Given(delivery, nameof(delivery))}/redeliver"), cancellationToken);

    private async Task<WebhookEndpoint> EndpointAsync(Call call, CancellationToken cancellationToken) =>
        (await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.WebhookEndpoint);

    private async Task<WebhookDelivery> DeliveryAsync(Call call, CancellationToken cancellationToken) =>
        (await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.WebhookDelivery);

    private string PathOf(string id) => $"{OwnPath}/{Ids.Given(id, nameof(id))}";
}
