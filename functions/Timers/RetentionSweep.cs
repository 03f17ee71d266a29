using Kith.Core.Storage;
using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Timers;

/// <summary>What is to go: threads that expired, which nobody can read any more, and workspaces that were deleted.</summary>
public sealed class RetentionSweep(Sweep sweep)
{
    [Function(nameof(RetentionSweep))]
    public Task RunAsync([TimerTrigger("40 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.RunAsync([Container.Directory], cancellationToken);
}
