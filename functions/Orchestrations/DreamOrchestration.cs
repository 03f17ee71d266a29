using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>The work of a pair of peers: its conclusions are consolidated and indexed.</summary>
public static class DreamOrchestration
{
    [Function(nameof(DreamOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => WorkLoop.RunAsync(context);
}
