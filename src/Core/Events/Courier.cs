using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Platforms;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Events;

/// <summary>
/// Delivers events, those of one address one after the other. What was sent is recorded afterwards: a death in between sends it again, with the same event id.
/// </summary>
internal sealed class Courier(IDocumentStore store, IWebhookSender sender, Replies replies, FailedSteps failures, IWorkQueue queue, TimeProvider time)
{
    /// <summary>Deliveries of one plan; one while the address does not answer.</summary>
    private const int Window = 32;

    public async Task<IReadOnlyList<WorkStep>> PlanAsync(Partition place, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var health = await HealthAsync(place, cancellationToken);
        if (health?.HeldUntil > now)
            return [];

        var due = new Query(Delivery.DocumentType)
        {
            Where = new Condition.Compare(Field.Time("dueAt"), Comparison.LessOrEqual, Timestamp.Of(now)),
            Limit = health is { Failures: > 0 } ? 1 : Window,
        };
        return [.. (await store.QueryAsync(place, due, cancellationToken)).Items.Select(document => new WorkStep.Deliver(place, document.Id))];
    }

    public async Task RunAsync(WorkStep.Deliver step, CancellationToken cancellationToken)
    {
        var delivery = await store.FindAsync(step.Partition, step.Id, DocumentJson.Default.Delivery, cancellationToken);
        var health = await HealthAsync(step.Partition, cancellationToken);
        var begun = time.GetUtcNow();
        if (delivery?.DueAt is null || delivery.DueAt > begun || health?.HeldUntil > begun)
            return;
        if (delivery.Event == Replies.EventType)
        {
            await replies.SendAsync(step.Partition, delivery, cancellationToken);
            return;
        }

        if (await store.FindAsync(Owners.Workspace(delivery.WorkspaceId), delivery.WebhookId, DocumentJson.Default.Webhook, cancellationToken) is not { } webhook)
        {
            // The address was removed: nobody hears of it any more.
            await store.ExecuteAsync(step.Partition, [new Operation.Delete(step.Id)], cancellationToken);
            return;
        }

        var call = new WebhookCall(webhook.Url, delivery.EventId, EventBody.Of(delivery), [.. webhook.SecretsAt(begun)], begun);
        var answer = await sender.SendAsync(call, cancellationToken);
        await RecordAsync(step.Partition, delivery, health, answer, begun, cancellationToken);
    }

    private async Task RecordAsync(Partition place, Delivery delivery, EndpointHealth? health, WebhookAnswer answer, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var attempt = new DeliveryAttempt(begun, (long)(now - begun).TotalMilliseconds, answer.Status, answer.Problem);
        var luck = Random.Shared.NextDouble();
        if (answer.Problem is not null && delivery.Tries + 1 >= Delivery.MostAttempts)
            await failures.RecordAsync(place, Failure(delivery, answer.Problem, now), cancellationToken);

        // Whoever ended it meanwhile, or asked for it anew, is not overruled by a try that began before.
        var recorded = await store.ChangeAsync(
            place,
            delivery.Id,
            DocumentJson.Default.Delivery,
            current => current is null || current.DueAt != delivery.DueAt ? current : current.After(attempt, now, luck),
            _ => Delivery.Remembered,
            cancellationToken);
        if (answer.Problem is null)
        {
            if (health is not null)
                await store.ExecuteAsync(place, [new Operation.Delete(EndpointHealth.Id)], cancellationToken);
            if (delivery.Attempts.Count >= Delivery.MostAttempts)
                await failures.ClearAsync(place, FailureIdOf(delivery), cancellationToken);
            return;
        }

        var worse = await store.ChangeAsync(place, EndpointHealth.Id, DocumentJson.Default.EndpointHealth, current => (current ?? new()).Failed(now), _ => Delivery.Remembered, cancellationToken);
        if ((worse!.HeldUntil ?? recorded?.DueAt) is { } next)
            await queue.EnqueueAsync(new WorkHint(place), next - now, cancellationToken);
    }

    private static FailedStep Failure(Delivery delivery, string problem, DateTimeOffset now) => new()
    {
        Id = FailureIdOf(delivery),
        Session = delivery.Session,
        Kind = StepKinds.Deliver,
        Target = delivery.Id,
        Reason = $"{delivery.Event} was not delivered in {Delivery.MostAttempts} attempts: {problem}",
        CreatedAt = now,
        FailedAt = now,
    };

    /// <summary>What a delivery is called among the failed steps.</summary>
    internal static string FailureIdOf(Delivery delivery) => Ids.Of(StepKinds.Deliver, delivery.Id);

    private Task<EndpointHealth?> HealthAsync(Partition place, CancellationToken cancellationToken) =>
        store.FindAsync(place, EndpointHealth.Id, DocumentJson.Default.EndpointHealth, cancellationToken);
}
