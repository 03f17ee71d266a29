using Kith.Core.Events;
using Kith.Http.Schema;

namespace Kith.Http.Events.Wire;

/// <param name="EventId">The header <c>webhook-id</c> of each try.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="NextAttemptAt">Null when it has ended.</param>
internal sealed record Delivery(
    string Id,
    string EventId,
    string Event,
    string State,
    IReadOnlyList<Delivery.Attempt> Attempts,
    string? NextAttemptAt,
    string CreatedAt)
{
    public static Delivery Of(Core.Events.Delivery delivery) => new(
        delivery.Id,
        delivery.EventId,
        delivery.Event,
        delivery.State.ToString().ToLowerInvariant(),
        [.. delivery.Attempts.Select(Attempt.Of)],
        delivery.DueAt is { } due ? Moment.Format(due) : null,
        Moment.Format(delivery.CreatedAt));

    /// <param name="Status">Null where there was no answer.</param>
    /// <param name="Error">Null where it arrived.</param>
    internal sealed record Attempt(string At, long Milliseconds, int? Status, string? Error)
    {
        public static Attempt Of(DeliveryAttempt attempt) => new(Moment.Format(attempt.At), attempt.Milliseconds, attempt.Status, attempt.Problem);
    }
}
