namespace Kith.Core.Events;

/// <summary>For hosts that send nothing.</summary>
internal sealed class NoWebhookSender : IWebhookSender
{
    public Task<WebhookAnswer> SendAsync(WebhookCall call, CancellationToken cancellationToken) => Task.FromResult(new WebhookAnswer(null, "This host sends no events"));
}
