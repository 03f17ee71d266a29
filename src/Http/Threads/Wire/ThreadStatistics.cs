namespace Kith.Http.Threads.Wire;

internal sealed record ThreadStatistics(
    int TotalThreads,
    long TotalMessages,
    int ActiveThreads,
    int CompletedThreads,
    int ArchivedThreads,
    double AvgMessagesPerThread,
    IReadOnlyList<ThreadStatistics.WorkflowCount> TopWorkflows)
{
    public static ThreadStatistics Of(Core.Threads.ThreadStatistics statistics) => new(
        statistics.TotalThreads,
        statistics.TotalMessages,
        statistics.ActiveThreads,
        statistics.CompletedThreads,
        statistics.ArchivedThreads,
        statistics.AverageMessages,
        [.. statistics.TopWorkflows.Select(workflow => new WorkflowCount(workflow.Workflow, workflow.Threads))]);

    internal sealed record WorkflowCount(string WorkflowName, int Threads);
}
