namespace Microsoft.DurableTask;

// microsoft/durabletask-dotnet: src/Abstractions/TaskOptions.cs (1.28.0)
public record StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
{
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
