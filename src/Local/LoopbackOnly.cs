using System.Net;
using Kith.Http.Hosting;

namespace Kith.Local;

/// <summary>
/// Without authentication the only protection is that requests come from this machine. A web page elsewhere can make a browser on it send
/// requests, under its own name (refused by <c>Origin</c>) or under a name that it lets resolve to 127.0.0.1 (refused by <c>Host</c>).
/// </summary>
internal sealed class LoopbackOnly(RequestDelegate next, CrossOriginOptions crossOrigin)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Platforms call through a tunnel, under its name, and sign what they send.
        if (context.Request.Path.StartsWithSegments("/hooks"))
            return next(context);
        if (!IsLoopback(context.Request.Host.Host))
            return RefuseAsync(context, "Without authentication Kith answers to localhost, 127.0.0.1 and [::1] only");
        var origin = context.Request.Headers.Origin.ToString();
        // Preflights change nothing and have an answer of their own.
        if (origin.Length > 0 && !HttpMethods.IsOptions(context.Request.Method) && !crossOrigin.Admits(origin))
            return RefuseAsync(context, "Without authentication Kith does not answer pages of other origins");
        return next(context);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext context, string detail)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["detail"] = detail }, context.RequestAborted);
    }
}
