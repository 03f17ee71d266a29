using System.Net;
using System.Text;

namespace Kith.Client.Tests.Transport;

/// <summary>A server that answers what it was told to, in order, the last answer for good, and remembers what it was asked.</summary>
internal sealed class Script(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<Asked> Requests { get; } = [];

    public static Func<HttpRequestMessage, HttpResponseMessage> Says(int status, string body = "{}", params (string Name, string Value)[] headers) => _ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    };

    public static Func<HttpRequestMessage, HttpResponseMessage> Breaks() => _ => throw new HttpRequestException("Connection refused");

    public KithClient Client(KithClientOptions? options = null) =>
        new(new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan }, (options ?? new()) with { WorkspaceId = "w", BaseUrl = options?.BaseUrl ?? new Uri("https://kith.example") });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new Asked(request.Method.Method, request.RequestUri!.PathAndQuery, body, request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value))));
        cancellationToken.ThrowIfCancellationRequested();
        return answers[Math.Min(Requests.Count, answers.Length) - 1](request);
    }

    internal sealed record Asked(string Method, string Path, string? Body, IReadOnlyDictionary<string, string> Headers);
}
