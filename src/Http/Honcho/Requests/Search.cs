using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <param name="IncludeScores">Not of the original: adds to each message why it was found.</param>
internal sealed record Search(string Query, JsonElement? Filters = null, int Limit = Search.DefaultLimit, bool IncludeScores = false)
{
    public const int DefaultLimit = 10;

    public static Search? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("query").Text()!,
        fields.Optional("filters").FreeObject(),
        fields.Defaulted("limit").Integer(min: 1, max: 100) ?? DefaultLimit,
        fields.Optional("include_scores").Boolean() ?? false);
}
