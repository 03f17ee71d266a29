namespace Microsoft.DurableTask.Client;

// microsoft/durabletask-dotnet: src/Client/Core/OrchestrationRuntimeStatus.cs (1.28.0)
public enum OrchestrationRuntimeStatus
{
    Running,
    Completed,
    [Obsolete("The ContinuedAsNew status is obsolete and exists only for compatibility reasons.")]
    ContinuedAsNew,
    Failed,
    [Obsolete("The Canceled status is not currently used and exists only for compatibility reasons.")]
    Canceled,
    Terminated,
    Pending,
    Suspended,
}
