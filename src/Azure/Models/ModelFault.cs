using System.ClientModel;
using System.Text.Json;
using Azure.Identity;
using Kith.Core;

namespace Kith.Azure.Models;

/// <summary>
/// What went wrong with a call, in the core's words. Anything that an operator or time can cure is unavailable, so that work waits for it; only what this
/// very input causes is invalid. Messages carry statuses and codes, never what the server wrote: it may quote the input.
/// </summary>
internal static class ModelFault
{
    /// <summary>Null for exceptions that are none of a model's: they pass.</summary>
    public static KithException? Of(Exception exception, string model, CancellationToken caller) => exception switch
    {
        OperationCanceledException => caller.IsCancellationRequested ? null : Unavailable($"The model {model} did not answer in time"),
        ClientResultException { Status: 0 } or IOException or HttpRequestException => Unavailable($"The connection to the model {model} failed", exception),
        ClientResultException refused => Of(refused, model),
        // Every attempt failed; the last says how.
        AggregateException attempts => Of(attempts.InnerExceptions[^1], model, caller),
        AuthenticationFailedException => Unavailable($"No Entra token for the model {model}", exception),
        _ when IsUnreadable(exception) => Unavailable($"The model {model} sent an answer that cannot be read"),
        _ => null,
    };

    /// <summary>The client reads answers without checking their shape, and then throws what its reading runs into.</summary>
    public static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException or ArgumentException or FormatException or KeyNotFoundException;

    /// <summary>Whatever was asked gets no answer: work that waited for one would hold up all that follows.</summary>
    public static KithException Unreadable(string model) => Invalid($"The model {model} sent an answer that cannot be read, also when asked again");

    public static KithException Unavailable(string message, Exception? inner = null) => new(ErrorCode.Unavailable, message, inner);

    public static KithException Refused(string model) => new(ErrorCode.Invalid, $"The model {model} refused: content filter");

    private static KithException Of(ClientResultException refused, string model) => refused.Status switch
    {
        400 when refused.Message.Contains("content_filter", StringComparison.Ordinal) => Refused(model),
        400 when refused.Message.Contains("context_length_exceeded", StringComparison.Ordinal) => Invalid($"The input is too long for the model {model}"),
        400 or 413 or 422 => Invalid($"The model {model} does not take the input (status {refused.Status})"),
        401 or 403 => Unavailable($"The model {model} does not accept the credentials (status {refused.Status})"),
        404 => Unavailable($"There is no model {model} at this address (status 404)"),
        429 => Unavailable($"The model {model} has no capacity now (status 429)"),
        _ => Unavailable($"The model {model} failed (status {refused.Status})"),
    };

    private static KithException Invalid(string message) => new(ErrorCode.Invalid, message);
}
