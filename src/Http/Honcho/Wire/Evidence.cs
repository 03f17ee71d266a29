using System.Text.Json.Nodes;
using Kith.Core.Reasoning;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

/// <summary>What an answer rests on, and which searches were made for it (spec honcho-api §11).</summary>
internal sealed record Evidence(
    IReadOnlyList<Evidence.ConclusionFound> Conclusions,
    IReadOnlyList<Evidence.MessageFound> Messages,
    IReadOnlyList<Evidence.SearchMade> ToolCalls,
    string? ReasoningTraceId)
{
    public static Evidence Of(AnswerPart.Grounds? grounds, IEnumerable<ToolCall> calls) => new(
        [.. (grounds?.Conclusions ?? []).Select(found => new ConclusionFound(found.Id, found.Level, found.Content, Moment.Format(found.CreatedAt), found.SessionId, found.SourceIds))],
        [.. (grounds?.Messages ?? []).Select(found => new MessageFound(found.Id, found.SessionId, found.PeerId, Moment.Format(found.CreatedAt)))],
        [.. calls.Select(call => new SearchMade(call.Tool, call.Input))],
        ReasoningTraceId: null);

    internal sealed record ConclusionFound(string Id, string Level, string Content, string CreatedAt, string? SessionId, IReadOnlyList<string> SourceIds);

    internal sealed record MessageFound(string Id, string SessionId, string PeerId, string CreatedAt);

    internal sealed record SearchMade(string ToolName, JsonObject ToolInput);
}
