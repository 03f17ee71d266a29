using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>Repairs the directory's copies and takes a place off the sweep.</summary>
public sealed class Settle(StepRun run)
{
    [Function(nameof(Settle))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
