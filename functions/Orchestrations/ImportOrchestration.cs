using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>An import, piece by piece.</summary>
public static class ImportOrchestration
{
    [Function(nameof(ImportOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => WorkLoop.RunAsync(context);
}
