using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Kith.Functions.Work;

/// <summary>A hint came: there may be work at a place.</summary>
public sealed class Hints(WorkStart start)
{
    [Function("Work")]
    public Task RunAsync(
        [QueueTrigger(QueueOptions.Name, Connection = QueueOptions.Connection)] string hint,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => start.StartOrWakeAsync(client, hint, cancellationToken);
}
