using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Queues;
using Kith.Core.Work;
using Microsoft.Extensions.Logging;

namespace Kith.Functions.Work;

/// <summary>
/// Hints in a storage queue. What waits for a hint to be sent has stored its work already, so a queue that does not answer costs a line in the log and, until
/// the sweep, a minute: never the request.
/// </summary>
internal sealed partial class StorageWorkQueue : IWorkQueue
{
    /// <summary>What a storage queue can hide a message for, less than its lifetime of seven days.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly QueueClient _queue;
    private readonly ILogger<StorageWorkQueue> _logger;

    public StorageWorkQueue(QueueOptions options, ILogger<StorageWorkQueue> logger)
    {
        _logger = logger;
        // The trigger's encoding (host.json: messageEncoding).
        var client = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        client.Retry.MaxRetries = 1;
        client.Retry.Delay = TimeSpan.FromMilliseconds(200);
        client.Retry.NetworkTimeout = Patience;
        _queue = options.ServiceUri is null
            ? new QueueClient(options.ConnectionString, QueueOptions.Name, client)
            : new QueueClient(new Uri(options.ServiceUri, QueueOptions.Name), Credential(options.ClientId), client);
    }

    public async Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(WorkText.Of(hint.Partition), Within(delay), cancellationToken);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or AuthenticationFailedException)
        {
            LogLost(hint.Partition.ToString(), exception.GetType().Name);
        }
    }

    private async Task SendAsync(string text, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.SendMessageAsync(text, delay, timeToLive: null, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await _queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await _queue.SendMessageAsync(text, delay, timeToLive: null, cancellationToken);
        }
    }

    private static TimeSpan Within(TimeSpan delay) => delay < TimeSpan.Zero ? TimeSpan.Zero : delay > LongestDelay ? LongestDelay : delay;

    private static TokenCredential Credential(string? clientId) =>
        clientId is null ? new DefaultAzureCredential() : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));

    [LoggerMessage(1, LogLevel.Warning, "The hint for {Place} could not be queued and is left to the sweep: {Error}")]
    private partial void LogLost(string place, string error);
}
