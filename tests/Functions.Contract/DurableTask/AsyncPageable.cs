namespace Microsoft.DurableTask;

// microsoft/durabletask-dotnet: src/Abstractions/AsyncPageable.cs (1.28.0)
public abstract class AsyncPageable<T>
    where T : notnull;
