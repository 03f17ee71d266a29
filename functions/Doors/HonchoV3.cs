using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Doors;

/// <summary>The door of Honcho's current clients.</summary>
public sealed class HonchoV3(RouteTable routes)
{
    [Function(nameof(HonchoV3))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "v3/{*path}")] HttpRequest request, CancellationToken cancellationToken) =>
        routes.AnswerAsync(request, cancellationToken);
}
