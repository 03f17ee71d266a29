using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>The next piece of a rebuild.</summary>
public sealed class Rebuild(StepRun run)
{
    [Function(nameof(Rebuild))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
