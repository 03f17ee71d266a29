using Kith.Core.Agency;
using Kith.Core.Conversations;
using Kith.Core.Events;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Platforms;

/// <summary>
/// Brings replies to where they were asked for. They wait among the deliveries of their connection, and each is said once or not at all: that one is being sent is
/// written before it is, so that after a death in between it counts as said; what a platform refused for certain is tried again, for a while.
/// </summary>
internal sealed class Replies(IDocumentStore store, MessageLog log, Connections connections, IPlatformSender sender, FailedSteps failures, IWorkQueue queue, TimeProvider time)
{
    /// <summary>What a delivery of a reply is called among the events.</summary>
    public const string EventType = "reply";

    /// <summary>One that comes later answers nobody.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Longer than any call takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string Unknown = "It is not known whether it was said: the process that was sending it stopped";

    /// <summary>May be repeated: a reply is recorded once.</summary>
    public async Task RecordAsync(PendingReply pending, CancellationToken cancellationToken)
    {
        if (pending is not { ConnectionId: { } connection, ReplyTo: { } to })
            return;

        var now = time.GetUtcNow();
        var delivery = new Delivery
        {
            Id = Delivery.IdOf(pending.ReplyId, connection),
            WorkspaceId = pending.WorkspaceId,
            WebhookId = connection,
            EventId = pending.ReplyId,
            Event = EventType,
            HappenedAt = now,
            Data = to,
            Session = pending.SessionId,
            Subjects = [pending.SessionId, pending.ReplyId, pending.MessageId, pending.UserId],
            State = DeliveryState.Pending,
            CreatedAt = now,
            DueAt = now,
        };
        var place = Delivery.Place(pending.WorkspaceId, connection);
        var create = new Operation.Create(delivery.Id, Stored.Body(delivery, DocumentJson.Default.Delivery), Delivery.Remembered);
        if ((await store.ExecuteAsync(place, [create], cancellationToken)).Applied)
            await queue.EnqueueAsync(new WorkHint(place), TimeSpan.Zero, cancellationToken);
    }

    public async Task SendAsync(Partition place, Delivery delivery, CancellationToken cancellationToken)
    {
        // As it will be read again: what is stored has microseconds.
        var begun = Timestamp.Parse(Timestamp.Of(time.GetUtcNow()));
        if (delivery.StartedAt is { } started)
        {
            // Due again, and nobody has written what came of it.
            await EndAsync(place, delivery, new PlatformAnswer(null, Unknown), started, cancellationToken);
            return;
        }

        var connection = await connections.FindAsync(delivery.WorkspaceId, delivery.WebhookId, cancellationToken);
        var message = delivery.Session is { } session ? await log.FindAsync(delivery.WorkspaceId, session, delivery.EventId, cancellationToken) : null;
        if (connection is null || message is null)
        {
            // The connection was removed, or the reply erased.
            await store.ExecuteAsync(place, [new Operation.Delete(delivery.Id)], cancellationToken);
            return;
        }

        if (!await TryStartAsync(place, delivery, begun, cancellationToken))
            return;
        var answer = await sender.SendAsync(new PlatformCall(connections.Open(connection), delivery.Data, message.Content), cancellationToken);
        await EndAsync(place, delivery with { StartedAt = begun }, answer, begun, cancellationToken);
    }

    /// <summary>False when somebody else sends it.</summary>
    private async Task<bool> TryStartAsync(Partition place, Delivery delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isMine = false;
        await ChangeAsync(place, delivery.Id, Start, cancellationToken);
        return isMine;

        Delivery? Start(Delivery? current)
        {
            isMine = current is { StartedAt: null } && current.DueAt == delivery.DueAt;
            return isMine ? current! with { StartedAt = now, DueAt = now + Lease } : current;
        }
    }

    private async Task EndAsync(Partition place, Delivery delivery, PlatformAnswer answer, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var attempt = new DeliveryAttempt(begun, (long)(now - begun).TotalMilliseconds, answer.Status, answer.Problem);
        var luck = Random.Shared.NextDouble();
        var isOver = answer.Problem is not null && (!answer.MayTryAgain || now - delivery.CreatedAt > Patience);
        var ended = await ChangeAsync(place, delivery.Id, End, cancellationToken);
        if (ended?.State == DeliveryState.Failed)
            await failures.RecordAsync(place, FailureOf(delivery, answer.Problem!, now), cancellationToken);
        else if (ended is { State: DeliveryState.Delivered })
            await failures.ClearAsync(place, Courier.FailureIdOf(delivery), cancellationToken);
        else if (ended?.DueAt is { } next)
            await queue.EnqueueAsync(new WorkHint(place), next - now, cancellationToken);

        Delivery? End(Delivery? current)
        {
            if (current?.StartedAt != begun)
                return current;
            var after = current.After(attempt, now, luck) with { StartedAt = null };
            return isOver ? after with { State = DeliveryState.Failed, DueAt = null }
                : after.DueAt is { } due && answer.RetryAfter is { } pause && due < now + pause ? after with { DueAt = now + pause } : after;
        }
    }

    private Task<Delivery?> ChangeAsync(Partition place, string id, Func<Delivery?, Delivery?> change, CancellationToken cancellationToken) =>
        store.ChangeAsync(place, id, DocumentJson.Default.Delivery, change, _ => Delivery.Remembered, cancellationToken);

    private static FailedStep FailureOf(Delivery delivery, string problem, DateTimeOffset now) => new()
    {
        Id = Courier.FailureIdOf(delivery),
        Session = delivery.Session,
        Kind = StepKinds.Deliver,
        Target = delivery.Id,
        Reason = $"The reply was not said: {problem}",
        CreatedAt = now,
        FailedAt = now,
    };
}
