using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>The next piece of an import.</summary>
public sealed class Import(StepRun run)
{
    [Function(nameof(Import))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
