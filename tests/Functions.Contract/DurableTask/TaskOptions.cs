namespace Microsoft.DurableTask;

// microsoft/durabletask-dotnet: src/Abstractions/TaskOptions.cs (1.28.0)
public record TaskOptions
{
    public TaskOptions(TaskRetryOptions? retry) => Retry = retry;

    public TaskRetryOptions? Retry { get; init; }

    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);
}
