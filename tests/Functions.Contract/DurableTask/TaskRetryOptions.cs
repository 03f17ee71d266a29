namespace Microsoft.DurableTask;

// microsoft/durabletask-dotnet: src/Abstractions/TaskRetryOptions.cs (1.28.0)
public sealed class TaskRetryOptions(RetryPolicy policy)
{
    public RetryPolicy? Policy { get; } = policy;

    public static implicit operator TaskRetryOptions(RetryPolicy policy) => FromRetryPolicy(policy);

    public static TaskRetryOptions FromRetryPolicy(RetryPolicy policy) => new(policy);
}
