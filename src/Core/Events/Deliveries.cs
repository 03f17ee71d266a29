using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Events;

/// <summary>What was sent to the addresses of a workspace, and what is still to be sent.</summary>
public sealed class Deliveries
{
    private readonly IDocumentStore _store;
    private readonly FailedSteps _failures;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Deliveries(IDocumentStore store, FailedSteps failures, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _failures = failures;
        _queue = queue;
        _time = time;
    }

    /// <summary>Newest first; oldest first when reversed. Those that ended are remembered for <see cref="Delivery.Remembered"/>.</summary>
    public Task<Page<Delivery>> ListAsync(string workspace, string webhook, DeliveryState? state, string? type, Paging paging, CancellationToken cancellationToken)
    {
        var query = new Query(Delivery.DocumentType)
        {
            Where = Stored.And(
                state is null ? null : new Condition.Compare(Field.Text("state"), Comparison.Equal, state.Value.ToString()),
                type is null ? null : new Condition.Compare(Field.Text("event"), Comparison.Equal, type)),
            Descending = !paging.Reverse,
        };
        return _store.PageAsync(Delivery.Place(workspace, webhook), query, paging, DocumentJson.Default.Delivery, cancellationToken);
    }

    /// <summary>Null when it does not exist, or is forgotten.</summary>
    public async Task<Delivery?> FindAsync(string workspace, string webhook, string id, CancellationToken cancellationToken) => !Names.IsValid(id) ? null
        : await _store.FindAsync(Delivery.Place(workspace, webhook), id, DocumentJson.Default.Delivery, cancellationToken);

    /// <summary>How many are still to be sent.</summary>
    public Task<long> CountPendingAsync(string workspace, CancellationToken cancellationToken) => _store.CountAsync(
        Partition.WholeWorkspace(Container.Work, workspace),
        new Query(Delivery.DocumentType) { Where = new Condition.Compare(Field.Text("state"), Comparison.Equal, nameof(DeliveryState.Pending)) },
        cancellationToken);

    /// <summary>Sends it again soon, whether it arrived or not, with the same event id. Null when it does not exist.</summary>
    public async Task<Delivery?> RedeliverAsync(string workspace, string webhook, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(workspace, webhook, id, cancellationToken) is not { } known)
            return null;

        var place = Delivery.Place(workspace, webhook);
        if (await _failures.FindAsync(workspace, Courier.FailureIdOf(known), cancellationToken) is { } failure)
        {
            await _failures.ReplayAsync(workspace, failure.Id, cancellationToken);
            return await FindAsync(workspace, webhook, id, cancellationToken);
        }

        var again = await _store.ChangeAsync(
            place,
            id,
            DocumentJson.Default.Delivery,
            current => current?.Again(_time.GetUtcNow()),
            _ => Delivery.Remembered,
            cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(place), TimeSpan.Zero, cancellationToken);
        return again;
    }

    /// <summary>Forgets all of an address.</summary>
    internal async Task RemoveAsync(string workspace, string webhook, CancellationToken cancellationToken)
    {
        var place = Delivery.Place(workspace, webhook);
        foreach (var type in new[] { Delivery.DocumentType, FailedStep.DocumentType })
            await _store.DeleteAllAsync(_store.AllAsync(place, new Query(type), cancellationToken), cancellationToken);
        await _store.ExecuteAsync(place, [new Operation.Delete(EndpointHealth.Id)], cancellationToken);
    }
}
