namespace Kith.Client.Models;

/// <summary>Where the consolidation of what a peer knows stands, and what the last runs did and cost.</summary>
public sealed record DreamHistory
{
    /// <summary>Since when there is something new; null where there is not.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the next run is due; null where none is.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Since when a run is under way; null where none is.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>How many conclusions are new since the last run.</summary>
    public int ConclusionsSinceLast { get; init; }

    /// <summary>The last runs, the newest first.</summary>
    public IReadOnlyList<DreamRun> Runs { get; init; } = [];
}
