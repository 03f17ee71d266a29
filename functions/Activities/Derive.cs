using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>Derives conclusions from a window of messages.</summary>
public sealed class Derive(StepRun run)
{
    [Function(nameof(Derive))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
