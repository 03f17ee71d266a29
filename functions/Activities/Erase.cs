using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>Removes a session, a thread or a workspace everywhere.</summary>
public sealed class Erase(StepRun run)
{
    [Function(nameof(Erase))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
