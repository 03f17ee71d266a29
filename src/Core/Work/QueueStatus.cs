namespace Kith.Core.Work;

/// <summary>Units of work (one message × kind, design: Work). Total = completed + in progress + pending at any time.</summary>
public record WorkUnits(long Total, long Completed, long InProgress, long Pending, long Failed);

/// <summary>The units of a workspace or a session, and by session where several have some.</summary>
public sealed record QueueStatus(WorkUnits Units, IReadOnlyDictionary<string, WorkUnits> Sessions);
