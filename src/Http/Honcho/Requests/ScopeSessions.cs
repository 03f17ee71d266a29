using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record ScopeSessions(IReadOnlyList<string> SessionIds)
{
    private const int SessionsPerCall = 100;

    public static ScopeSessions? Read(Input body) =>
        body.Object() is not { } fields ? null : new(fields.Required("session_ids").List(session => session.Text(min: 1), 1, SessionsPerCall)!);
}
