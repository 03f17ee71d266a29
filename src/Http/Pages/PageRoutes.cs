using System.Net;
using System.Text;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Wire;
using Kith.Http.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Pages;

/// <summary>What is open to everybody: health and documentation (spec honcho-api §1).</summary>
internal static class PageRoutes
{
    private const string Html = "text/html; charset=utf-8";

    private const string Start =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Kith API</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        td, th { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
        code { font: 14px ui-monospace, monospace; }
        @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } a { color: #8bf; } }
        </style>
        </head>
        <body>
        <h1>Kith API</h1>
        <p>Machine-readable: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>

        """;

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", GetHealth).Is("health", "Whether the server runs", Guard.Open).WithTags("server").Answers<Health>(StatusCodes.Status200OK).WithMetadata(ServedClosed.Instance);
        routes.MapGet("/docs", Docs).Open();
        routes.MapGet("/redoc", Docs).Open();
        routes.MapGet("/docs/oauth2-redirect", OAuthRedirect).Open();
        routes.MapGet("/metrics", MetricsAsync).Open();
    }

    private static void Open(this IEndpointConventionBuilder page) => page.ExcludeFromDescription().WithMetadata(new GuardMetadata(Guard.Open));

    private static IResult GetHealth() => Reply.Json(new Health("ok"));

    private static IResult Docs(EndpointDataSource endpoints)
    {
        var page = new StringBuilder(Start);
        var described = endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>() is not null);
        foreach (var group in described.GroupBy(endpoint => endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags[0] ?? "other"))
        {
            page.Append("<h2>").Append(WebUtility.HtmlEncode(group.Key)).AppendLine("</h2>").AppendLine("<table>");
            foreach (var endpoint in group)
                AppendRow(page, endpoint);
            page.AppendLine("</table>");
        }

        return Results.Content(page.AppendLine("</body>").AppendLine("</html>").ToString(), Html);
    }

    private static void AppendRow(StringBuilder page, RouteEndpoint endpoint)
    {
        var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0];
        var summary = endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()!.Summary;
        page.Append("<tr><td><code>").Append(method)
            .Append("</code></td><td><code>").Append(WebUtility.HtmlEncode(endpoint.RoutePattern.RawText!.TrimEnd('/')))
            .Append("</code></td><td>").Append(WebUtility.HtmlEncode(summary)).AppendLine("</td></tr>");
    }

    private static IResult OAuthRedirect() => Results.Content("<!doctype html><title>Kith API</title><p>Kith uses bearer keys; there is nothing to redirect to.</p>", Html);

    private static Task MetricsAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return PlainText.WriteAsync(context.Response, "Metrics are not enabled");
    }
}
