namespace Kith.Core.Threads;

/// <summary>Where a thread stands in its life.</summary>
public enum ThreadStatus
{
    Active,
    Completed,
    Archived,
}
