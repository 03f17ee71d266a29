using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Kith.Client.Transport;

/// <summary>Makes an exception of an answer that is none: Honcho's <c>detail</c>, Kith's problem documents, Eliza's <c>error</c>.</summary>
internal static class Failure
{
    private const int MostCharacters = 2_000;

    private static readonly string[] RequestIdHeaders = ["x-request-id", "request-id", "x-ms-request-id", "x-correlation-id"];

    public static KithException Of(HttpStatusCode status, HttpResponseHeaders headers, string body, TimeSpan? retryAfter)
    {
        var (message, code) = Read(body);
        if (headers.Location is { } elsewhere && (int)status is >= 300 and < 400)
            message = $"The server answered {(int)status} and points to {elsewhere}: the client does not follow, since the key would go there too. Give it that address.";
        message ??= $"The server answered {(int)status}.";
        KithException failure = (int)status switch
        {
            400 => new KithBadRequestException(message),
            401 => new KithAuthenticationException(message),
            403 => new KithPermissionException(message),
            404 => new KithNotFoundException(message),
            409 => new KithConflictException(message),
            410 => new KithExpiredException(message),
            412 => new KithStaleException(message),
            413 => new KithTooLargeException(message),
            422 => new KithValidationException(message),
            429 => new KithRateLimitException(message) { RetryAfter = retryAfter },
            >= 500 => new KithServerException(message),
            _ => new KithException(message),
        };
        return failure.As(status, code, RequestIdOf(headers));
    }

    public static string? RequestIdOf(HttpResponseHeaders headers)
    {
        foreach (var name in RequestIdHeaders)
        {
            if (headers.TryGetValues(name, out var values))
                return values.First();
        }

        return null;
    }

    private static (string? Message, string? Code) Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : (Cut(body), null);
        }
        catch (JsonException)
        {
            // Of a proxy, or of a server that is starting: not ours, so its words are all there is.
            return (string.IsNullOrWhiteSpace(body) ? null : Cut(body), null);
        }
    }

    private static (string? Message, string? Code) Read(JsonElement body)
    {
        var code = Text(body, "code");
        if (body.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            return (Text(error, "message"), code ?? Text(error, "code"));
        if (body.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Array)
            return (string.Join("; ", detail.EnumerateArray().Select(Describe)), code);
        return (Text(body, "detail") ?? Text(body, "message") ?? Text(body, "error") ?? Text(body, "title"), code);
    }

    /// <summary>One entry of a schema error: where, and what.</summary>
    private static string Describe(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return entry.ToString();
        var place = entry.TryGetProperty("loc", out var path) && path.ValueKind == JsonValueKind.Array ? string.Join('.', path.EnumerateArray()) : null;
        var message = Text(entry, "msg") ?? Text(entry, "type") ?? "invalid";
        return place is null ? message : $"{place}: {message}";
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static string Cut(string body) => body.Length <= MostCharacters ? body : body[..MostCharacters];
}
