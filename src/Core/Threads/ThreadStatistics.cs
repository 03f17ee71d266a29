namespace Kith.Core.Threads;

/// <param name="TotalMessages">Stored messages, hidden ones included.</param>
/// <param name="AverageMessages">Over the threads that have messages, two decimals.</param>
/// <param name="TopWorkflows">The ten with the most threads.</param>
public sealed record ThreadStatistics(
    int TotalThreads,
    long TotalMessages,
    int ActiveThreads,
    int CompletedThreads,
    int ArchivedThreads,
    double AverageMessages,
    IReadOnlyList<(string Workflow, int Threads)> TopWorkflows);
