namespace Kith.Http.Eliza.Wire;

internal sealed record SessionList(IReadOnlyList<SessionInfo> Sessions, int Total, SessionList.Counts Stats)
{
    internal sealed record Counts(long TotalSessions, long ActiveSessions, long ExpiredSessions);
}
