namespace Microsoft.DurableTask.Client;

// microsoft/durabletask-dotnet: src/Client/Core/OrchestrationQuery.cs (1.28.0)
public record OrchestrationQuery;
