using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

internal sealed record SessionStatus(string ExpiresAt, int RenewalCount, bool WasRenewed, bool IsNearExpiration)
{
    /// <summary>After a message.</summary>
    public static SessionStatus Of(AgentSession session) =>
        new(WireTime.Of(session.ExpiresAt), session.RenewalCount, session.Timeouts.AutoRenew, session.IsNearExpiration(session.LastActivity));
}
