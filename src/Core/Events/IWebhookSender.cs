namespace Kith.Core.Events;

/// <summary>Sends an event to an address.</summary>
public interface IWebhookSender
{
    /// <summary>What came of it: an address that cannot be reached, or may not be, is an answer too. Gives up by itself.</summary>
    Task<WebhookAnswer> SendAsync(WebhookCall call, CancellationToken cancellationToken);
}
