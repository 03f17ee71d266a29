namespace Microsoft.DurableTask.Client;

// microsoft/durabletask-dotnet: src/Client/Core/OrchestrationQuery.cs (1.28.0)
public record OrchestrationQuery
{
    /// <summary>The app never asks for many; what may be asked for is left out.</summary>
    private protected OrchestrationQuery()
    {
    }
}
