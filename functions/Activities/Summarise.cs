using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>Writes a short or a long summary.</summary>
public sealed class Summarise(StepRun run)
{
    [Function(nameof(Summarise))]
    public Task RunAsync([ActivityTrigger] string step, CancellationToken cancellationToken) => run.RunAsync(step, cancellationToken);
}
