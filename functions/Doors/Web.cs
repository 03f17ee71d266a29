using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Doors;

/// <summary>Everything else: health, pages, what there is not. Its name sorts last, because the host takes the first route that fits in the order of names.</summary>
public sealed class Web(RouteTable routes)
{
    [Function(nameof(Web))]
    public Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, CancellationToken cancellationToken) =>
        routes.AnswerAsync(request, cancellationToken);
}
