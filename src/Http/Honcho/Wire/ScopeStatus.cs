using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

/// <summary>Sessions are visible through a scope as soon as they are in it, so there is never a backfill under way.</summary>
internal sealed record ScopeStatus(IReadOnlyDictionary<string, ScopeStatus.Backfill> BackfillStatus)
{
    public static ScopeStatus Of(IReadOnlyDictionary<string, DateTimeOffset> sessions) =>
        new(sessions.ToDictionary(session => session.Key, session => new Backfill("completed", Moment.Format(session.Value))));

    internal sealed record Backfill(string State, string UpdatedAt);
}
