using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Http.Schema;

namespace Kith.Http.Events.Wire;

/// <param name="Secrets">Without their values, the newest first.</param>
internal sealed record Endpoint(string Id, string WorkspaceId, string Url, IReadOnlyList<string> Events, IReadOnlyList<Endpoint.Secret> Secrets, string CreatedAt)
{
    public static Endpoint Of(Webhook webhook) => new(
        webhook.Id,
        webhook.WorkspaceId,
        webhook.Url,
        webhook.Events ?? EventTypes.Original,
        [.. webhook.Secrets.Select(Secret.Of)],
        Moment.Format(webhook.CreatedAt));

    /// <param name="ExpiresAt">When it stops signing; null for the newest.</param>
    internal sealed record Secret(string CreatedAt, string? ExpiresAt)
    {
        public static Secret Of(WebhookSecret secret) => new(Moment.Format(secret.CreatedAt), secret.ExpiresAt is { } end ? Moment.Format(end) : null);
    }
}
