using Kith.ConsolePages;
using Kith.Core;
using Kith.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Pages;

/// <summary>The console: a page for people that asks the routes of this table, with the key that is pasted into it. Its files say nothing and are open.</summary>
internal static class ConsoleRoutes
{
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console", context => SendAsync(context, ConsoleFiles.Page)).ExcludeFromDescription().WithMetadata(new GuardMetadata(Guard.Open));
        routes.MapGet("/console/{**file}", context => SendAsync(context, (string?)context.GetRouteValue("file") ?? "")).ExcludeFromDescription().WithMetadata(new GuardMetadata(Guard.Open));
    }

    private static Task SendAsync(HttpContext context, string name)
    {
        if (!ConsoleFiles.All.TryGetValue(name, out var file))
            throw new KithException(ErrorCode.NotFound, "Not Found");

        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = file.ETag;
        // Kept by the browser and asked for again each time: after an update nobody sees an old page.
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = ConsoleFiles.ContentSecurityPolicy;
        if (request.Headers.IfNoneMatch.Contains(file.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = file.Content.Length;
        return response.Body.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }
}
