using Kith.Core.Recall;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Honcho;

/// <summary>The answer of all message searches: the original's list, and what Kith can say beyond it.</summary>
internal static class SearchReply
{
    /// <summary>Present while the embedding model does not answer: messages are found by their words alone.</summary>
    private const string DegradedHeader = "X-Kith-Degraded";

    public static IResult Of(ApiRequest request, MessageMatches found, string query, bool includeScores)
    {
        if (found.IsTextOnly)
            request.Context.Response.Headers[DegradedHeader] = "embeddings";
        return Reply.Json<IReadOnlyList<Wire.Message>>(
            [.. found.Items.Select(match => includeScores ? Wire.Message.Of(match, query) : Wire.Message.Of(match.Message))]);
    }
}
