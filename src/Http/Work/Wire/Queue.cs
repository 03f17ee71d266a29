using Kith.Core.Work;
using Kith.Http.Schema;

namespace Kith.Http.Work.Wire;

/// <param name="OldestPendingAt">When the oldest message that waits came in.</param>
/// <param name="FailedSteps">Those that nobody dismissed.</param>
/// <param name="PendingDeliveries">Events that are still to be sent; zero for one session.</param>
/// <param name="Sessions">Those where something waits or failed, the oldest first.</param>
internal sealed record Queue(
    Queue.Counts Units,
    string? OldestPendingAt,
    double? OldestPendingSeconds,
    long FailedSteps,
    long PendingDeliveries,
    IReadOnlyList<Queue.OfSession> Sessions)
{
    public static Queue Of(QueueDetail queue, DateTimeOffset now) => new(
        Counts.Of(queue.Units),
        Text(queue.OldestAt),
        Age(queue.OldestAt, now),
        queue.FailedSteps,
        queue.PendingDeliveries,
        [.. queue.Sessions.Select(session => OfSession.Of(session, now))]);

    private static string? Text(DateTimeOffset? time) => time is { } given ? Moment.Format(given) : null;

    private static double? Age(DateTimeOffset? since, DateTimeOffset now) => since is { } time ? Math.Round(Math.Max(0, (now - time).TotalSeconds), 3) : null;

    internal sealed record Counts(long Total, long Completed, long InProgress, long Pending, long Failed)
    {
        public static Counts Of(WorkUnits units) => new(units.Total, units.Completed, units.InProgress, units.Pending, units.Failed);
    }

    /// <param name="Reason">Why it waits: <c>queued</c>, <c>working</c>, <c>gathering</c> or <c>retrying</c>; null where it does not.</param>
    internal sealed record OfSession(string SessionId, Counts Units, string? OldestPendingAt, double? OldestPendingSeconds, string? Reason, string? Detail, string? Until)
    {
        public static OfSession Of(SessionQueue session, DateTimeOffset now) => new(
            session.Session,
            Counts.Of(session.Units),
            Text(session.OldestAt),
            Age(session.OldestAt, now),
            session.Waiting?.Reason,
            session.Waiting?.Detail,
            Text(session.Waiting?.Until));
    }
}
