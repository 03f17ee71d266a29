using Kith.Client.Models;

namespace Kith.Mcp.Results;

/// <param name="Level"><c>explicit</c> (said), <c>deductive</c>, <c>inductive</c> or <c>contradiction</c>.</param>
/// <param name="MessageIds">What it rests on; null where that was not asked for.</param>
internal sealed record KnownFact(string Id, string Content, string Level, DateTimeOffset Since, string? SessionId, IReadOnlyList<string>? MessageIds)
{
    public static KnownFact Of(Conclusion conclusion) => new(conclusion.Id, conclusion.Content, conclusion.Level, conclusion.CreatedAt, conclusion.SessionId, conclusion.MessageIds);

    public static KnownFact Of(EvidenceConclusion conclusion) => new(conclusion.Id, conclusion.Content, conclusion.Level, conclusion.CreatedAt, conclusion.SessionId, null);
}
