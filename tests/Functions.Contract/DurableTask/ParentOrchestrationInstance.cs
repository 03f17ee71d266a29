namespace Microsoft.DurableTask;

// microsoft/durabletask-dotnet: src/Abstractions/ParentOrchestrationInstance.cs (1.28.0)
public record ParentOrchestrationInstance(TaskName Name, string InstanceId);
