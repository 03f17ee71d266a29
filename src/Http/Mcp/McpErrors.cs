using Kith.Core;
using Kith.Http.Problems;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Mcp;

/// <summary>Errors before the protocol begins: problem documents, and for who lacks a key, where to learn how to get one.</summary>
internal static class McpErrors
{
    public static Task WriteAsync(HttpResponse response, Exception exception)
    {
        if (exception is KithException { Code: ErrorCode.Forbidden })
            response.Headers.WWWAuthenticate = $"Bearer resource_metadata=\"{ResourceMetadata.AddressOf(response.HttpContext.Request, ResourceMetadata.Path + McpRoutes.Door)}\"";
        return ProblemErrors.WriteAsync(response, exception);
    }
}
