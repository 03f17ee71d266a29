using Kith.Core.Storage;
using Kith.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Timers;

/// <summary>Sessions and jobs whose work lags behind what is stored, for whatever reason: a lost hint costs a minute.</summary>
public sealed class LagSweep(Sweep sweep)
{
    [Function(nameof(LagSweep))]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.RunAsync([Container.Conversations, Container.Work], cancellationToken);
}
