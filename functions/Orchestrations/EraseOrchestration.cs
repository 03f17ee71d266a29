using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>Messages, sessions, threads, peers or workspaces go.</summary>
public static class EraseOrchestration
{
    [Function(nameof(EraseOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => WorkLoop.RunAsync(context);
}
