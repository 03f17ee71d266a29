using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record ConclusionQuery(
    string Query,
    int TopK = ConclusionQuery.DefaultTopK,
    double? Distance = null,
    JsonElement? Filters = null,
    Moment? AsOf = null,
    Moment? KnownAt = null)
{
    private const int DefaultTopK = 10;

    public static ConclusionQuery? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("query").Text()!,
        fields.Defaulted("top_k").Integer(1, 100) ?? DefaultTopK,
        fields.Optional("distance").Number(0, 1),
        fields.Optional("filters").FreeObject(),
        fields.Optional("as_of").Time(),
        fields.Optional("known_at").Time());
}
