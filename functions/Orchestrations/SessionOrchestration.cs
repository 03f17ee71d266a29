using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>The work of a session: messages are derived, summarised and indexed.</summary>
public static class SessionOrchestration
{
    [Function(nameof(SessionOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) => WorkLoop.RunAsync(context);
}
