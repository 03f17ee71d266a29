using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <summary>Spec honcho-api §9.4.</summary>
internal sealed record RepresentationQuery(
    string? SessionId = null,
    string? Target = null,
    JsonElement? Filters = null,
    IReadOnlyList<string>? Scope = null,
    string? SearchQuery = null,
    int? SearchTopK = null,
    double? SearchMaxDistance = null,
    bool IncludeMostFrequent = false,
    int MaxConclusions = RepresentationQuery.Few,
    Moment? AsOf = null,
    Moment? KnownAt = null)
{
    /// <summary>How many conclusions when the client says nothing, and when it says null.</summary>
    internal const int Few = 25, All = 100;

    public static RepresentationQuery? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Optional("session_id").Text(),
        fields.Optional("target").Text(),
        fields.Optional("filters").FreeObject(),
        ScopeOption.Read(fields.Optional("scope")),
        fields.Optional("search_query").Text(),
        fields.Optional("search_top_k").Integer(1, 100),
        fields.Optional("search_max_distance").Number(0, 1),
        fields.Optional("include_most_frequent").Boolean() ?? false,
        fields.Optional("max_conclusions").Integer(1, 100) ?? (fields.Defaulted("max_conclusions").IsMissing ? Few : All),
        fields.Optional("as_of").Time(),
        fields.Optional("known_at").Time());
}
