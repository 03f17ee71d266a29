using System.Net;
using System.Net.Http.Headers;

namespace Kith.Client.Transport;

/// <summary>Sends calls: address, key, deadline, retries, and exceptions of what went wrong.</summary>
internal sealed class Pipeline
{
    private const string IdempotencyKey = "Idempotency-Key";

    private static readonly ProductInfoHeaderValue Agent = new("kith-dotnet", typeof(Pipeline).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly HttpClient _http;
    private readonly KithClientOptions _options;
    private readonly Uri _address;

    public Pipeline(HttpClient http, KithClientOptions options)
    {
        (_http, _options) = (http, options);
        var address = options.BaseUrl ?? http.BaseAddress ?? KithClientOptions.LocalUrl;
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"The address of a server begins with http:// or https://, but this one is '{address}'.", nameof(options));
        _address = address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public async Task<Reply> SendAsync(Call call, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(call, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return new Reply(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), response.Headers);
    }

    /// <summary>Returns as soon as the answer begins. It is tried again until then, not later.</summary>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public Task<HttpResponseMessage> OpenAsync(Call call, CancellationToken cancellationToken) =>
        SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(Call call, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        // One key for all attempts: a server that knows it does the work once.
        var key = call.NeedsKey ? Guid.CreateVersion7().ToString("N") : null;
        var mayBeDone = false;
        for (var attempt = 0; ; attempt++)
        {
            KithException failure;
            TimeSpan? asked = null;
            using var request = Request(call, key);
            using var deadline = new CancellationTokenSource(call.Deadline ?? _options.Timeout, _options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            try
            {
                var response = await _http.SendAsync(request, completion, either.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode || (mayBeDone && call.Removes && response.StatusCode == HttpStatusCode.NotFound))
                    return response;

                using (response)
                {
                    asked = Backoff.Asked(response, _options.Time);
                    var body = await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false);
                    failure = Failure.Of(response.StatusCode, response.Headers, body, asked);
                    if (!MayPass(call, response.StatusCode, asked))
                        throw failure;
                    mayBeDone |= response.StatusCode != HttpStatusCode.TooManyRequests;
                }
            }
            catch (HttpRequestException unreachable)
            {
                failure = new KithConnectionException($"{_address.Authority} cannot be reached: {unreachable.Message}", unreachable);
                mayBeDone = true;
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                var patience = deadline.IsCancellationRequested ? call.Deadline ?? _options.Timeout : _http.Timeout;
                failure = new KithTimeoutException($"{_address.Authority} did not answer within {patience.TotalSeconds:0.###} seconds.", late);
                mayBeDone = true;
            }

            if (!call.CanRepeat || attempt >= _options.MaxRetries || Backoff.Delay(attempt, asked) is not { } delay)
                throw failure;
            await Task.Delay(delay, _options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A conflict passes where the server says when: the same request is still being worked on.</summary>
    private static bool MayPass(Call call, HttpStatusCode status, TimeSpan? asked) =>
        status != call.Stays && (Backoff.IsPassing(status) || (status == HttpStatusCode.Conflict && asked is not null));

    private HttpRequestMessage Request(Call call, string? key)
    {
        var path = new Query(call.Path);
        foreach (var (name, value) in _options.DefaultQuery)
            path.Add(name, value);
        var request = new HttpRequestMessage(call.Method, new Uri(_address, path.ToString())) { Content = call.Content?.Invoke() };
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Accept.ParseAdd(call.Accept ?? "application/json");
        if (_options.ApiKey is { Length: > 0 } secret)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (key is not null)
            request.Headers.TryAddWithoutValidation(IdempotencyKey, key);
        if (call.IfMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", call.IfMatch);
        if (call.IfNoneMatch)
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        foreach (var (name, value) in _options.DefaultHeaders.Concat(call.Headers ?? new Dictionary<string, string>()))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
