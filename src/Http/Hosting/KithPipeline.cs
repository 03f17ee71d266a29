using Kith.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Hosting;

/// <summary>What happens to every request before and after its route, the same on every host.</summary>
public static class KithPipeline
{
    /// <summary>Bytes of a request body; more is 413. Holds 100 messages of 25,000 characters in any script, escaped.</summary>
    public const int MaxBodyBytes = 32 * 1024 * 1024;

    public static IApplicationBuilder UseKith(this IApplicationBuilder app) => app
        .Use(app.ApplicationServices.GetRequiredService<InnerRequests>().Enter)
        .UseMiddleware<RequestIds>()
        .UseMiddleware<SecurityHeaders>()
        .UseMiddleware<CrossOrigin>()
        .UseMiddleware<ErrorBodies>()
        .UseRouting()
        .UseMiddleware<ClosedUntilSecret>()
        .UseMiddleware<CanonicalPath>();
}
