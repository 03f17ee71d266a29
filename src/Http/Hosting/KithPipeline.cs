using Microsoft.AspNetCore.Builder;

namespace Kith.Http.Hosting;

/// <summary>What happens to every request before and after its route, the same on every host.</summary>
public static class KithPipeline
{
    public static IApplicationBuilder UseKith(this IApplicationBuilder app) => app
        .UseMiddleware<CrossOrigin>()
        .UseMiddleware<ErrorBodies>()
        .UseRouting()
        .UseMiddleware<CanonicalPath>();
}
