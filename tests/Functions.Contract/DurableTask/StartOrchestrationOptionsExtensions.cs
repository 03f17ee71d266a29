namespace Microsoft.DurableTask.Client;

// microsoft/durabletask-dotnet: src/Client/Core/StartOrchestrationOptionsExtensions.cs (1.28.0)
public static class StartOrchestrationOptionsExtensions
{
    public static StartOrchestrationOptions WithDedupeStatuses(this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses) =>
        options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
}
