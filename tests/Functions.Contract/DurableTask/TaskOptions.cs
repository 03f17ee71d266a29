namespace Microsoft.DurableTask;

// microsoft/durabletask-dotnet: src/Abstractions/TaskOptions.cs (1.28.0)
public record TaskOptions(TaskRetryOptions? Retry = null)
{
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);
}
