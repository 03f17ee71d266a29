using Kith.Http.Schema;

namespace Kith.Http.Memory.Wire;

/// <summary>Where the consolidation of a pair stands, and its last runs, newest first.</summary>
internal sealed record DreamHistory(string? WaitingSince, string? DueAt, string? RunningSince, int ConclusionsSinceLast, IReadOnlyList<DreamRun> Runs)
{
    public static DreamHistory Of(Core.Memory.DreamHistory history) => new(
        Format(history.WaitingSince),
        Format(history.DueAt),
        Format(history.RunningSince),
        history.Conclusions,
        [.. history.Runs.Select(DreamRun.Of)]);

    private static string? Format(DateTimeOffset? time) => time is { } known ? Moment.Format(known) : null;
}
