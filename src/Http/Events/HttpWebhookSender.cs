using System.Globalization;
using System.Net.Http.Headers;
using Kith.Core.Events;
using Kith.Http.Outgoing;

namespace Kith.Http.Events;

/// <summary>Posts events. Any 2xx is a delivery; what the answer says beyond its status is not read.</summary>
internal sealed class HttpWebhookSender(WebhookOptions options) : IWebhookSender, IDisposable
{
    private readonly HttpClient _client = OutgoingHttp.Client("The address", options.AllowsPrivateTargets, maxAnswerBytes: 1);

    /// <inheritdoc/>
    public async Task<WebhookAnswer> SendAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        using var request = Request(call);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            var status = (int)response.StatusCode;
            return new WebhookAnswer(status, status switch
            {
                >= 200 and < 300 => null,
                >= 300 and < 400 => $"The address answered {status}; redirects are not followed",
                _ => $"The address answered {status}",
            });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(null, $"The address did not answer within {options.Timeout.TotalSeconds:0.#} seconds");
        }
        catch (HttpRequestException exception)
        {
            return new WebhookAnswer(null, OutgoingHttp.RefusalOf(exception) ?? Problem(exception.HttpRequestError));
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(WebhookCall call)
    {
        var body = call.Body.Span;
        var request = new HttpRequestMessage(HttpMethod.Post, call.Url) { Content = new ReadOnlyMemoryContent(call.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Kith", null));
        request.Headers.Add("webhook-id", call.EventId);
        request.Headers.Add("webhook-timestamp", call.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var timed = new List<string>();
        foreach (var secret in call.Secrets)
            timed.Add(WebhookSignature.Timed(secret, call.EventId, call.At, body));
        if (timed.Count > 0)
            request.Headers.Add("webhook-signature", string.Join(' ', timed));
        if ((options.SharedSecret ?? (call.Secrets.Count > 0 ? call.Secrets[0] : null)) is { } plain)
            request.Headers.Add("X-Honcho-Signature", WebhookSignature.Plain(plain, body));
        return request;
    }

    private static string Problem(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "The name of the address cannot be resolved",
        HttpRequestError.SecureConnectionError => "The address's certificate or encryption cannot be trusted",
        HttpRequestError.ConnectionError => "The address cannot be reached",
        _ => "The address did not answer as HTTP",
    };
}
