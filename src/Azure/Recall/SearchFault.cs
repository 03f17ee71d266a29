using System.Text.Json;
using Azure;
using Azure.Identity;
using Kith.Core;

namespace Kith.Azure.Recall;

/// <summary>What went wrong with a request, in the core's words. Messages carry statuses, never what the service wrote: it may quote the input.</summary>
internal static class SearchFault
{
    /// <summary>Null for exceptions that are none of the service's: they pass.</summary>
    public static KithException? Of(Exception exception, CancellationToken caller) => exception switch
    {
        OperationCanceledException => caller.IsCancellationRequested ? null : Unavailable("The search service did not answer in time"),
        RequestFailedException { Status: 0 } or IOException or HttpRequestException => Unavailable("The connection to the search service failed", exception),
        RequestFailedException refused => Of(refused.Status),
        // Every attempt failed; the last says how.
        AggregateException attempts => Of(attempts.InnerExceptions[^1], caller),
        AuthenticationFailedException => Unavailable("No Entra token for the search service", exception),
        // The client reads answers without checking their shape.
        JsonException or InvalidOperationException or KeyNotFoundException => Unavailable("The search service sent an answer that cannot be read"),
        _ => null,
    };

    /// <summary>Of a request, or of one document of a batch.</summary>
    public static KithException Of(int status) => status switch
    {
        400 or 413 => new(ErrorCode.Invalid, $"The search service does not take the input (status {status})"),
        401 or 403 => Unavailable($"The search service does not accept the credentials (status {status})"),
        404 => Unavailable("There is no such index at the search service (status 404): create it first"),
        429 or 503 => Unavailable($"The search service has no capacity now (status {status})"),
        _ => Unavailable($"The search service failed (status {status})"),
    };

    private static KithException Unavailable(string message, Exception? inner = null) => new(ErrorCode.Unavailable, message, inner);
}
