using Kith.Http.Eliza;
using Kith.Http.Honcho;
using Kith.Http.Mcp;
using Kith.Http.Problems;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hosting;

/// <summary>How each protocol words what went wrong, by the path of its door, so that an unknown route of a door is refused in its words too.</summary>
internal static class ErrorDialects
{
    private static readonly (PathString Door, Func<HttpResponse, Exception, Task> Write)[] _dialects =
    [
        ("/api", ElizaErrors.WriteAsync),
        (McpRoutes.Door, McpErrors.WriteAsync),
        ("/v1", ProblemErrors.WriteAsync),
        ("", HonchoErrors.WriteAsync),
    ];

    /// <summary>The router's own refusals come as <see cref="BadHttpRequestException"/> with their status.</summary>
    public static Task WriteAsync(HttpContext context, Exception exception) =>
        Array.Find(_dialects, dialect => context.Request.Path.StartsWithSegments(dialect.Door)).Write(context.Response, exception);
}
