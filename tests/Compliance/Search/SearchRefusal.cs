using System.Net;

namespace Kith.Compliance.Tests.Search;

/// <summary>What the double answers to a request that the service would not take.</summary>
internal sealed class SearchRefusal(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public static void Unless(bool condition, string message)
    {
        if (!condition)
            throw new SearchRefusal(HttpStatusCode.BadRequest, message);
    }
}
