using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Kith.Functions.Doors;

internal static class HandOver
{
    private static readonly EmptyResult Written = new();

    /// <summary>The route table writes the answer itself; the result only tells the worker so.</summary>
    public static async Task<IActionResult> AnswerAsync(this RouteTable routes, HttpRequest request, CancellationToken cancellationToken)
    {
        await routes.AnswerAsync(request.HttpContext, cancellationToken);
        return Written;
    }
}
