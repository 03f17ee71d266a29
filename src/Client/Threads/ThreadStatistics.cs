namespace Kith.Client.Threads;

/// <summary>The threads of a workspace in figures.</summary>
public sealed record ThreadStatistics
{
    /// <summary>All threads.</summary>
    public int TotalThreads { get; init; }

    /// <summary>All their messages, hidden ones included.</summary>
    public long TotalMessages { get; init; }

    /// <summary>Threads that go on.</summary>
    public int ActiveThreads { get; init; }

    /// <summary>Threads that have come to their end.</summary>
    public int CompletedThreads { get; init; }

    /// <summary>Threads that are put away.</summary>
    public int ArchivedThreads { get; init; }

    /// <summary>Messages of a thread, on average over those that have any.</summary>
    public double AvgMessagesPerThread { get; init; }

    /// <summary>The ten workflows with most threads.</summary>
    public IReadOnlyList<WorkflowCount> TopWorkflows { get; init; } = [];
}
