using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Doors;

/// <summary>Events of chat platforms, signed by them.</summary>
public sealed class Hooks(RouteTable routes)
{
    [Function(nameof(Hooks))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "hooks/{*path}")] HttpRequest request, CancellationToken cancellationToken) =>
        routes.AnswerAsync(request, cancellationToken);
}
