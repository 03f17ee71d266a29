using Kith.Http.Honcho.Requests;
using Kith.Http.Schema;

namespace Kith.Http.HonchoV2.Requests;

/// <summary>Spec honcho-api §12.2.</summary>
internal sealed record WorkingRepresentationQuery(
    string? SessionId = null,
    string? Target = null,
    string? SearchQuery = null,
    int? SearchTopK = null,
    double? SearchMaxDistance = null,
    bool IncludeMostDerived = false,
    int MaxObservations = RepresentationQuery.Few)
{
    public static WorkingRepresentationQuery? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Optional("session_id").Text(),
        fields.Optional("target").Text(),
        fields.Optional("search_query").Text(),
        fields.Optional("search_top_k").Integer(1, 100),
        fields.Optional("search_max_distance").Number(0, 1),
        fields.Optional("include_most_derived").Boolean() ?? false,
        fields.Optional("max_observations").Integer(1, 100) ?? RepresentationQuery.Few);

    public RepresentationQuery ToQuery() => new(SessionId, Target)
    {
        SearchQuery = SearchQuery,
        SearchTopK = SearchTopK,
        SearchMaxDistance = SearchMaxDistance,
        IncludeMostFrequent = IncludeMostDerived,
        MaxConclusions = MaxObservations,
    };
}
