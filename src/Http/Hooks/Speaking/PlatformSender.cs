using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Kith.Core.Platforms;
using Kith.Http.Outgoing;

namespace Kith.Http.Hooks.Speaking;

/// <summary>
/// Says things on platforms. What a platform refused in so many words, or was never reached for, may be tried again; where nobody knows whether it arrived it may not,
/// unless saying it twice is the same as once.
/// </summary>
internal sealed class PlatformSender(HttpClient client, TimeProvider time) : IPlatformSender, IDisposable
{
    public const int MostAnswerBytes = 64 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TokenMargin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _tokens = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<PlatformAnswer> SendAsync(PlatformCall call, CancellationToken cancellationToken)
    {
        var speaker = Speakers.All.First(speaker => speaker.Platform == call.Connection.Platform);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        var isUnderWay = false;
        try
        {
            var (token, refusal) = await TokenAsync(speaker, call.Connection, deadline.Token);
            if (refusal is not null)
                return refusal;
            using var request = speaker.Compose(call, Shortened(call.Text, speaker.MostCharacters), token, out var problem);
            if (request is null)
                return new PlatformAnswer(null, problem ?? "The connection lacks what it takes to answer");
            isUnderWay = true;
            using var response = await client.SendAsync(request, deadline.Token);
            return await JudgeAsync(speaker, response, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PlatformAnswer(null, $"The platform did not answer within {Timeout.TotalSeconds:0} seconds") { MayTryAgain = !isUnderWay || speaker.IsRepeatable };
        }
        catch (HttpRequestException exception)
        {
            return OutgoingHttp.RefusalOf(exception) is { } refused
                ? new PlatformAnswer(null, refused)
                : new PlatformAnswer(null, "The platform cannot be reached") { MayTryAgain = !isUnderWay || speaker.IsRepeatable || IsBeforeSending(exception.HttpRequestError) };
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<PlatformAnswer> JudgeAsync(ISpeaker speaker, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            return new PlatformAnswer(status, speaker.Problem(await ReadAsync(response, cancellationToken)));
        var pause = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return new PlatformAnswer(status, $"The platform answered {status}")
        {
            MayTryAgain = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable || (speaker.IsRepeatable && status is >= 500 or 404),
            RetryAfter = pause > LongestPause ? LongestPause : pause,
        };
    }

    /// <summary>For platforms where a token is asked for first: kept for as long as it is good.</summary>
    private async Task<(string? Token, PlatformAnswer? Refusal)> TokenAsync(ISpeaker speaker, OpenConnection connection, CancellationToken cancellationToken)
    {
        using var request = speaker.AskForToken(connection);
        if (request is null)
            return (null, null);
        var key = $"{connection.Connection.Id}/{connection.Newest("client_secret")?.GetHashCode(StringComparison.Ordinal)}";
        if (_tokens.TryGetValue(key, out var known) && known.Until > time.GetUtcNow())
            return (known.Token, null);

        using var response = await client.SendAsync(request, cancellationToken);
        var answer = await ReadAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode || answer["access_token"].Text is not { } token)
            return (null, new PlatformAnswer((int)response.StatusCode, $"No token for answers was given: {(int)response.StatusCode}") { MayTryAgain = (int)response.StatusCode is 429 or >= 500 });
        _tokens[key] = (token, time.GetUtcNow() + TimeSpan.FromSeconds(answer["expires_in"].Number ?? 0) - TokenMargin);
        return (token, null);
    }

    private static async Task<Payload> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return new Payload(JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
        catch (JsonException)
        {
            return Payload.Missing;
        }
    }

    private static bool IsBeforeSending(HttpRequestError error) => error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private static string Shortened(string text, int characters)
    {
        if (text.Length <= characters)
            return text;
        var end = characters - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }
}
