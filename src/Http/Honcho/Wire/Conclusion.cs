using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Conclusion(
    string Id,
    string Content,
    string ObserverId,
    string ObservedId,
    string? SessionId,
    string Level,
    string CreatedAt,
    IReadOnlyList<string>? SourceIds,
    int TimesDerived)
{
    public static Conclusion Of(Core.Memory.Conclusion conclusion) => new(
        conclusion.Id,
        conclusion.Content,
        conclusion.Observer,
        conclusion.Observed,
        conclusion.SessionId,
        conclusion.Level,
        Moment.Format(conclusion.CreatedAt),
        conclusion.SourceIds is [] ? null : conclusion.SourceIds,
        conclusion.TimesDerived);
}
