using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>Copies in the directory are repaired.</summary>
public static class DirectoryOrchestration
{
    [Function(nameof(DirectoryOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => WorkLoop.RunAsync(context);
}
