using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Events;

/// <summary>Records what happened for the addresses that want to hear of it: one delivery for each.</summary>
public sealed class Announcer
{
    private readonly IDocumentStore _store;
    private readonly Listeners _listeners;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Announcer(IDocumentStore store, Listeners listeners, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _listeners = listeners;
        _queue = queue;
        _time = time;
    }

    /// <summary>
    /// May be repeated: an event that is recorded already is not recorded again while its delivery is remembered (<see cref="Delivery.Remembered"/>). Callers record before they
    /// move what would make them repeat it, so that no event is lost.
    /// </summary>
    public async Task RecordAsync(string workspace, Announcement announcement, CancellationToken cancellationToken)
    {
        foreach (var webhook in await _listeners.OfAsync(workspace, cancellationToken))
        {
            if (webhook.Hears(announcement.Type))
                await RecordAsync(workspace, webhook.Id, announcement, cancellationToken);
        }
    }

    /// <summary>For one address, whatever it wants to hear of.</summary>
    internal async Task<Delivery> RecordAsync(string workspace, string webhook, Announcement announcement, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var delivery = new Delivery
        {
            Id = Delivery.IdOf(announcement.Id, webhook),
            WorkspaceId = workspace,
            WebhookId = webhook,
            EventId = announcement.Id,
            Event = announcement.Type,
            HappenedAt = announcement.At,
            Data = announcement.Data,
            Session = announcement.Session,
            Subjects = announcement.Subjects,
            State = DeliveryState.Pending,
            CreatedAt = now,
            DueAt = now,
        };
        var place = Delivery.Place(workspace, webhook);
        var body = Stored.Body(delivery, DocumentJson.Default.Delivery);
        if ((await _store.ExecuteAsync(place, [new Operation.Create(delivery.Id, body, Delivery.Remembered)], cancellationToken)).Applied)
            await _queue.EnqueueAsync(new WorkHint(place), TimeSpan.Zero, cancellationToken);
        return delivery;
    }
}
