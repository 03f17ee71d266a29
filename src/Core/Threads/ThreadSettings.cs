namespace Kith.Core.Threads;

/// <summary>What holds for the threads of a workspace that have no value of their own. The defaults are those of the seed document.</summary>
public sealed record ThreadSettings
{
    public const double MostTtlHours = 87_600;
    public const int MostMaxMessages = 10_000;

    public static ThreadSettings Default { get; } = new();

    /// <summary>Hours after which an idle thread expires.</summary>
    public double TtlHours { get; init; } = 72;

    /// <summary>How many of the newest messages a thread shows; older ones stay stored.</summary>
    public int MaxMessages { get; init; } = 100;

    /// <summary>Whether the time to live counts from the thread's creation instead of from its last activity.</summary>
    public bool TtlFromCreation { get; init; }

    /// <summary>Whether archived threads refuse messages.</summary>
    public bool ArchivedReadOnly { get; init; }
}
