using System.Diagnostics;
using Kith.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Hosting;

/// <summary>
/// The route table behind a host that has routed the request already, to one of its own catch-all endpoints. What differs from a host of one's own is evened
/// out here: the routing starts over, the limit of bodies is Kith's, and the host's token ends the request.
/// </summary>
public sealed class RouteTable
{
    private static readonly KithException OutOfTime = new(ErrorCode.Unavailable, "The request took longer than the server may");

    private readonly IHttpContextAccessor? _accessor;
    private readonly RequestDelegate _pipeline;

    public RouteTable(IServiceProvider services)
    {
        _accessor = services.GetService<IHttpContextAccessor>();
        var app = new ApplicationBuilder(services);
        app.UseKith();
        app.Use(next => context => Name(next, context));
        app.UseEndpoints(routes => routes.MapKith());
        _pipeline = app.Build();
    }

    /// <param name="hostStops">Cancelled when the host gives the request up; a request that goes on after that costs the whole process its life.</param>
    public async Task AnswerAsync(HttpContext context, CancellationToken hostStops)
    {
        var clientLeft = context.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clientLeft, hostStops);
        context.RequestAborted = either.Token;
        context.SetEndpoint(null);
        context.Request.RouteValues = [];
        _accessor?.HttpContext = context;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = KithPipeline.MaxBodyBytes;
        try
        {
            await _pipeline(context);
        }
        finally
        {
            context.RequestAborted = clientLeft;
        }

        // The pipeline is silent towards a client that left; this one has not.
        if (hostStops.IsCancellationRequested && !clientLeft.IsCancellationRequested && !context.Response.HasStarted)
            await ErrorDialects.WriteAsync(context, OutOfTime);
    }

    /// <summary>The host named the span by its own catch-all route; this is the one that serves.</summary>
    private static Task Name(RequestDelegate next, HttpContext context)
    {
        if (Activity.Current is { } span && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } template })
        {
            span.DisplayName = $"{context.Request.Method} {template}";
            span.SetTag("http.route", template);
        }

        return next(context);
    }
}
