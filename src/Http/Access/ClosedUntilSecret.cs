using Kith.Core;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Access;

/// <summary>Refuses everything, known route or not, while keys are asked for and none can be valid.</summary>
internal sealed class ClosedUntilSecret(RequestDelegate next, AuthOptions options)
{
    public Task InvokeAsync(HttpContext context) => options.IsClosed && context.GetEndpoint()?.Metadata.GetMetadata<ServedClosed>() is null
        ? throw new KithException(ErrorCode.Forbidden, "Closed: no signing secret is set yet")
        : next(context);
}
