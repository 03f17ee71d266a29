using System.Text.Json.Serialization;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

/// <param name="MessageIds">The messages it rests on; only in a list that asked for them.</param>
internal sealed record Conclusion(
    string Id,
    string Content,
    string ObserverId,
    string ObservedId,
    string? SessionId,
    string Level,
    string CreatedAt,
    IReadOnlyList<string>? SourceIds,
    int TimesDerived,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? MessageIds = null)
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

    public static Conclusion WithSources(Core.Memory.Conclusion conclusion) => Of(conclusion) with { MessageIds = conclusion.MessageIds };
}
