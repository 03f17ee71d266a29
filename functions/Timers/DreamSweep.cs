using Kith.Core.Storage;
using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Timers;

/// <summary>Pairs that are due to be consolidated. They have been idle for long before that, so minutes do not matter.</summary>
public sealed class DreamSweep(Sweep sweep)
{
    [Function(nameof(DreamSweep))]
    public Task RunAsync([TimerTrigger("20 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.RunAsync([Container.Memory], cancellationToken);
}
