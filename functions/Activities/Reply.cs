using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>Has an agent answer a message.</summary>
public sealed class Reply(StepRun run)
{
    [Function(nameof(Reply))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
