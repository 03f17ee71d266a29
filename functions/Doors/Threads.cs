using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Doors;

/// <summary>Kith's own routes: threads, memory, jobs.</summary>
public sealed class Threads(RouteTable routes)
{
    [Function(nameof(Threads))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "v1/{*path}")] HttpRequest request, CancellationToken cancellationToken) =>
        routes.AnswerAsync(request, cancellationToken);
}
