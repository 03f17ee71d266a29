using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Hosting;

/// <summary>
/// Requests that this server makes of itself, without a network: they go through the whole pipeline, so that guard, limits and errors are those of any other request.
/// </summary>
internal sealed class InnerRequests(IServiceScopeFactory scopes)
{
    private RequestDelegate? _pipeline;

    /// <summary>Where they enter.</summary>
    public RequestDelegate Enter(RequestDelegate pipeline) => _pipeline = pipeline;

    /// <summary>A client of this server.</summary>
    public HttpClient Client() => new(new Handler(this)) { BaseAddress = new Uri("http://localhost"), Timeout = Timeout.InfiniteTimeSpan };

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        context.Request.Method = request.Method.Method;
        context.Request.Scheme = request.RequestUri!.Scheme;
        context.Request.Host = HostString.FromUriComponent(request.RequestUri);
        context.Request.Path = PathString.FromUriComponent(request.RequestUri);
        context.Request.QueryString = QueryString.FromUriComponent(request.RequestUri);
        foreach (var header in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
            context.Request.Headers[header.Key] = header.Value.ToArray();
        if (request.Content is not null)
            context.Request.Body = await request.Content.ReadAsStreamAsync(cancellationToken);
        context.Response.Body = answer;

        await _pipeline!(context);

        var response = new HttpResponseMessage((HttpStatusCode)context.Response.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(answer.ToArray()) };
        foreach (var header in context.Response.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
                response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }

        return response;
    }

    private sealed class Handler(InnerRequests requests) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => requests.AnswerAsync(request, cancellationToken);
    }
}
