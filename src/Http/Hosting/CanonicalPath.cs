using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Kith.Http.Hosting;

/// <summary>Paths end without a slash: the router would take both, the protocols redirect (spec honcho-api §1).</summary>
internal sealed class CanonicalPath(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.Length < 2 || !path.EndsWith('/') || context.GetEndpoint() is not { } endpoint || IsAlias(endpoint, context.Request.Method))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = UriHelper.BuildRelative(context.Request.PathBase, path.TrimEnd('/'), context.Request.QueryString);
        return Task.CompletedTask;
    }

    private static bool IsAlias(Endpoint endpoint, string method) =>
        HttpMethods.IsPost(method) && endpoint.Metadata.GetMetadata<SlashAlias>() is not null;
}
