using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Doors;

/// <summary>The door of Honcho's clients up to 1.5.</summary>
public sealed class HonchoV2(RouteTable routes)
{
    [Function(nameof(HonchoV2))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "v2/{*path}")] HttpRequest request, CancellationToken cancellationToken) =>
        routes.AnswerAsync(request, cancellationToken);
}
