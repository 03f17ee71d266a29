using Kith.Http.Schema;

namespace Kith.Http.Memory.Wire;

/// <summary>Honcho's conclusion and what Kith knows beyond it.</summary>
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
    int? EvidenceCount,
    string? Confidence,
    string ValidFrom,
    string? ValidTo,
    string RecordedAt,
    string? RetractedAt,
    string Origin,
    string? Language,
    string? Slot,
    bool Pinned,
    IReadOnlyList<string> MessageIds,
    IReadOnlyList<string> Supersedes,
    string? SupersededBy,
    IReadOnlyList<string> Contradicts)
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
        conclusion.TimesDerived,
        conclusion.Evidence,
        conclusion.Evidence is { } evidence ? Core.Memory.Confidence.Of(evidence) : null,
        Moment.Format(conclusion.ValidFrom ?? conclusion.SaidAt),
        Format(conclusion.ValidTo),
        Moment.Format(conclusion.CreatedAt),
        Format(conclusion.RetractedAt),
        conclusion.Origin,
        conclusion.Language,
        conclusion.Slot,
        conclusion.Pinned,
        conclusion.MessageIds,
        conclusion.Supersedes,
        conclusion.SupersededBy,
        conclusion.Contradicts);

    private static string? Format(DateTimeOffset? time) => time is { } known ? Moment.Format(known) : null;
}
