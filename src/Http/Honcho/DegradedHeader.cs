namespace Kith.Http.Honcho;

/// <summary>Not of the protocol, whose bodies have no place for it: present while the embedding model does not answer and text alone was searched.</summary>
internal static class DegradedHeader
{
    public static void Degraded(this ApiRequest request, bool isTextOnly)
    {
        if (isTextOnly)
            request.Context.Response.Headers["X-Kith-Degraded"] = "embeddings";
    }
}
