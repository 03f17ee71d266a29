using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;

namespace Kith.Compliance.Tests.Search;

/// <summary>
/// Azure AI Search on the wire, as far as the adapter uses it, behind the real SDK: no socket, no certificate. Stricter than the service where the service
/// is lenient, so that what passes here says what is meant.
/// </summary>
public sealed partial class SearchServer(TimeProvider time) : HttpMessageHandler
{
    public const string ApiKey = "a-key-for-tests";

    private const int MostActions = 1_000;
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly Dictionary<string, SearchIndexDouble> _indexes = [];
    private readonly List<SearchCall> _calls = [];
    private readonly Lock _gate = new();

    public static Uri Address { get; } = new("https://search.local");

    /// <summary>For how long after it was taken a document is not found.</summary>
    public TimeSpan Lag { get; set; }

    /// <summary>Hits in one answer.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>Asked once for each request.</summary>
    public Func<SearchFaultKind> Fault { get; set; } = () => SearchFaultKind.None;

    /// <summary>Asked for each document that is written, by key; above 299 it is not taken.</summary>
    public Func<string, int> DocumentStatus { get; set; } = _ => 200;

    /// <summary>Question and text to relevance, for semantic queries.</summary>
    public Func<string, string, double> Reranker { get; set; } = (_, _) => 0;

    /// <summary>Requests in the order of their arrival, those that a fault hit as well.</summary>
    public IReadOnlyList<SearchCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>Documents that a search can find.</summary>
    public int Found
    {
        get
        {
            lock (_gate)
                return _indexes.Values.Sum(index => index.Count(time.GetUtcNow() - Lag));
        }
    }

    /// <summary>Documents that were taken, found or not.</summary>
    public int Kept
    {
        get
        {
            lock (_gate)
                return _indexes.Values.Sum(index => index.Kept);
        }
    }

    public HttpPipelineTransport Transport() => new HttpClientTransport(new HttpClient(this, disposeHandler: false));

    public void Forget()
    {
        lock (_gate)
            _calls.Clear();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        SearchFaultKind fault;
        lock (_gate)
            fault = Fault();
        switch (fault)
        {
            case SearchFaultKind.Silence:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case SearchFaultKind.CutBefore:
                throw new HttpRequestException("The connection was reset.", new IOException());
            case SearchFaultKind.Throttled:
                var throttled = Refusal(HttpStatusCode.TooManyRequests, $"too many requests like {body}");
                throttled.Headers.Add("retry-after-ms", "2");
                return throttled;
            case SearchFaultKind.Unavailable:
                return Refusal(HttpStatusCode.ServiceUnavailable, $"too busy for {body}");
        }

        HttpResponseMessage answer;
        lock (_gate)
            answer = Answer(request, body);
        if (fault == SearchFaultKind.CutAfter)
            throw new HttpRequestException("The connection was reset.", new IOException());
        if (fault == SearchFaultKind.CutWithin)
            answer.Content = new StreamContent(new BrokenStream(await answer.Content.ReadAsByteArrayAsync(cancellationToken)));
        return answer;
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        try
        {
            if (!request.Headers.TryGetValues("api-key", out var keys) || keys.Single() != ApiKey)
                throw new SearchRefusal(HttpStatusCode.Forbidden, "wrong key");
            SearchRefusal.Unless(request.RequestUri!.Query.Contains("api-version=2023-11-01", StringComparison.Ordinal), "wrong api-version");
            if (Encoding.UTF8.GetByteCount(body) > MostBytes)
                throw new SearchRefusal(HttpStatusCode.RequestEntityTooLarge, "too large");

            var path = IndexPath().Match(Uri.UnescapeDataString(request.RequestUri.AbsolutePath));
            SearchRefusal.Unless(path.Success, $"unknown path {request.RequestUri.AbsolutePath}");
            return Answer(request.Method.Method, path.Groups["name"].Value, path.Groups["rest"].Value, body.Length == 0 ? default : JsonElement.Parse(body));
        }
        catch (SearchRefusal refusal)
        {
            return Refusal(refusal.Status, refusal.Message);
        }
    }

    private HttpResponseMessage Answer(string method, string name, string rest, JsonElement body)
    {
        var now = time.GetUtcNow();
        switch (method, rest)
        {
            case ("PUT", ""):
                Count("definition", body);
                SearchRefusal.Unless(!_indexes.TryGetValue(name, out var former) || former.IsSame(body), "A field of an index cannot be changed.");
                _indexes.TryAdd(name, new SearchIndexDouble(body));
                return Json(former is null ? HttpStatusCode.Created : HttpStatusCode.OK, JsonNode.Parse(body.GetRawText())!);
            case ("DELETE", ""):
                Count("definition", body);
                return new HttpResponseMessage(_indexes.Remove(name) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound);
            case ("GET", "/docs/$count"):
                Count("count", body);
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Index(name).Count(now - Lag).ToString(System.Globalization.CultureInfo.InvariantCulture)) };
            case ("POST", "/docs/search.index"):
                Count("index", body);
                SearchRefusal.Unless(body.GetProperty("value").GetArrayLength() is > 0 and <= MostActions, "1 to 1,000 actions");
                var results = Index(name).Index(body, now, DocumentStatus);
                return Json(results["value"]!.AsArray().All(result => (bool)result!["status"]!) ? HttpStatusCode.OK : HttpStatusCode.MultiStatus, results);
            case ("POST", "/docs/search.post.search"):
                Count("search", body);
                return Json(HttpStatusCode.OK, Index(name).Search(body, now - Lag, PageSize, Reranker));
            default:
                throw new SearchRefusal(HttpStatusCode.NotFound, $"{method} {rest}");
        }
    }

    private void Count(string operation, JsonElement body) => _calls.Add(new SearchCall(operation, body));

    private SearchIndexDouble Index(string name) =>
        _indexes.TryGetValue(name, out var index) ? index : throw new SearchRefusal(HttpStatusCode.NotFound, $"no index {name}");

    private static HttpResponseMessage Refusal(HttpStatusCode status, string message) =>
        Json(status, new JsonObject { ["error"] = new JsonObject { ["code"] = "", ["message"] = message } });

    private static HttpResponseMessage Json(HttpStatusCode status, JsonNode body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    [GeneratedRegex(@"^/indexes\('(?<name>[a-z0-9-]+)'\)(?<rest>.*)$")]
    private static partial Regex IndexPath();

    /// <summary>Half of an answer, then an error.</summary>
    private sealed class BrokenStream(byte[] answer) : MemoryStream(answer, 0, answer.Length / 2)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException("The connection was reset.") : base.ReadAsync(buffer, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) =>
            Position == Length ? throw new IOException("The connection was reset.") : base.Read(buffer, offset, count);
    }
}
