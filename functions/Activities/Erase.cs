using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>Removes what is to go everywhere.</summary>
public sealed class Erase(StepRun run)
{
    [Function(nameof(Erase))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
