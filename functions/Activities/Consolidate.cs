using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>Consolidates what one peer knows of another.</summary>
public sealed class Consolidate(StepRun run)
{
    [Function(nameof(Consolidate))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
