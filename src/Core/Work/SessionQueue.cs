namespace Kith.Core.Work;

/// <summary>How far the work of one session is.</summary>
/// <param name="OldestAt">When the oldest message that waits came in; null where none does.</param>
/// <param name="Waiting">Null where nothing does.</param>
public sealed record SessionQueue(string Session, WorkUnits Units, DateTimeOffset? OldestAt, Waiting? Waiting);
