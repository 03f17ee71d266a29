using System.Text.Json;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <summary>A question (spec honcho-api §9.3 and §11). Target and filters have no meaning when the whole workspace is asked.</summary>
internal sealed record Chat(
    string Query,
    string? SessionId = null,
    string? Target = null,
    bool Stream = false,
    ReasoningLevel ReasoningLevel = ReasoningLevel.Low,
    JsonElement? Filters = null,
    IReadOnlyList<string>? Scope = null,
    JsonElement? ResponseFormat = null,
    bool IncludeEvidence = false,
    Moment? AsOf = null,
    Moment? KnownAt = null)
{
    public static Chat? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("query").Text(1, Limits.QuestionCharacters)!,
        fields.Optional("session_id").Text(),
        fields.Optional("target").Text(),
        fields.Defaulted("stream").Boolean() ?? false,
        ReadLevel(fields.Defaulted("reasoning_level")),
        fields.Optional("filters").FreeObject(),
        ScopeOption.Read(fields.Optional("scope")),
        fields.Optional("response_format").FreeObject(),
        fields.Optional("include_evidence").Boolean() ?? false,
        fields.Optional("as_of").Time(),
        fields.Optional("known_at").Time());

    private static ReasoningLevel ReadLevel(Input level) =>
        Enum.TryParse<ReasoningLevel>(level.OneOf("literal_error", "minimal", "low", "medium", "high", "max"), ignoreCase: true, out var parsed) ? parsed : ReasoningLevel.Low;
}
