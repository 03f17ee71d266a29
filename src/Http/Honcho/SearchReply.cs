using Kith.Core.Recall;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Honcho;

/// <summary>The answer of all message searches: the original's list, and what Kith can say beyond it.</summary>
internal static class SearchReply
{
    public static IResult Of(ApiRequest request, MessageMatches found, string query, bool includeScores)
    {
        request.Degraded(found.IsTextOnly);
        return Reply.Json<IReadOnlyList<Wire.Message>>(
            [.. found.Items.Select(match => includeScores ? Wire.Message.Of(match, query) : Wire.Message.Of(match.Message))]);
    }
}
