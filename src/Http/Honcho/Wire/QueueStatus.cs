namespace Kith.Http.Honcho.Wire;

internal sealed record QueueStatus(
    long TotalWorkUnits,
    long CompletedWorkUnits,
    long InProgressWorkUnits,
    long PendingWorkUnits,
    IReadOnlyDictionary<string, QueueStatus.OfSession>? Sessions)
{
    public static QueueStatus Of(Core.Work.QueueStatus status, bool bySession)
    {
        var units = status.Units;
        var sessions = bySession && status.Sessions.Count > 0
            ? status.Sessions.ToDictionary(session => session.Key, session => OfSession.Of(session.Key, session.Value))
            : null;
        return new(units.Total, units.Completed, units.InProgress, units.Pending, sessions);
    }

    internal sealed record OfSession(string SessionId, long TotalWorkUnits, long CompletedWorkUnits, long InProgressWorkUnits, long PendingWorkUnits)
    {
        public static OfSession Of(string session, Core.Work.WorkUnits units) =>
            new(session, units.Total, units.Completed, units.InProgress, units.Pending);
    }
}
