using Kith.Http.Schema;

namespace Kith.Http.Memory.Wire;

/// <summary>One dream: what it did and what it cost.</summary>
internal sealed record DreamRun(
    string Id,
    string StartedAt,
    string? EndedAt,
    string Trigger,
    string Outcome,
    string? Reasoner,
    int Merged,
    int Superseded,
    int Patterns,
    int Contradictions,
    int CardEntries,
    int ModelCalls,
    long InputTokens,
    long OutputTokens,
    string? Error)
{
    public static DreamRun Of(Core.Memory.DreamRun run) => new(
        run.Id,
        Moment.Format(run.CreatedAt),
        run.EndedAt is { } ended ? Moment.Format(ended) : null,
        run.Trigger.ToString().ToLowerInvariant(),
        run.Outcome.ToString().ToLowerInvariant(),
        run.Reasoner,
        run.Changes.Merged,
        run.Changes.Superseded,
        run.Changes.Patterns,
        run.Changes.Contradictions,
        run.CardEntries,
        run.Usage.ModelCalls,
        run.Usage.InputTokens,
        run.Usage.OutputTokens,
        run.Error);
}
