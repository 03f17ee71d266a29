namespace Kith.Core.Memory;

/// <summary>Where the consolidation of a pair stands, and its last runs.</summary>
/// <param name="WaitingSince">Since when a dream is wanted; null while none is.</param>
/// <param name="DueAt">When it begins, should nothing new be learned until then.</param>
/// <param name="RunningSince">Null while none runs.</param>
/// <param name="Conclusions">Explicit conclusions since the last dream began.</param>
/// <param name="Runs">Newest first.</param>
public sealed record DreamHistory(DateTimeOffset? WaitingSince, DateTimeOffset? DueAt, DateTimeOffset? RunningSince, int Conclusions, IReadOnlyList<DreamRun> Runs);
