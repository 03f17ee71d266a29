using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hosting;

/// <summary>Cross-origin rules of browsers (spec honcho-api §1, CORS): answers preflights and marks what an admitted page may read.</summary>
internal sealed class CrossOrigin(RequestDelegate next, CrossOriginOptions options)
{
    private const string PreflightSeconds = "600";

    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return next(context);
        var admitted = options.Admits(origin);
        // At the last moment, so that error bodies, which start over, carry the marks too.
        context.Response.OnStarting(() =>
        {
            Mark(context.Response.Headers, origin, admitted);
            return Task.CompletedTask;
        });
        var asked = context.Request.Headers.AccessControlRequestMethod;
        return HttpMethods.IsOptions(context.Request.Method) && asked.Count > 0 ? AnswerPreflightAsync(context, admitted) : next(context);
    }

    private static void Mark(IHeaderDictionary headers, string origin, bool admitted)
    {
        headers.Vary = "Origin";
        if (!admitted)
            return;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
    }

    private static Task AnswerPreflightAsync(HttpContext context, bool admitted)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
        headers.AccessControlMaxAge = PreflightSeconds;
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        context.Response.StatusCode = admitted ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return PlainText.WriteAsync(context.Response, admitted ? "OK" : "Disallowed CORS origin");
    }
}
