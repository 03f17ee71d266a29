using System.Text.Json;
using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

/// <param name="TimeRemaining">Milliseconds.</param>
internal sealed record SessionInfo(
    string SessionId,
    string ChannelId,
    string AgentId,
    string UserId,
    string CreatedAt,
    string LastActivity,
    JsonElement Metadata,
    string ExpiresAt,
    TimeoutConfig TimeoutConfig,
    int RenewalCount,
    long TimeRemaining,
    bool IsNearExpiration)
{
    public static SessionInfo Of(AgentSession session, DateTimeOffset now) => new(
        session.SessionId,
        session.ChannelId,
        session.AgentId,
        session.UserId,
        WireTime.Of(session.CreatedAt),
        WireTime.Of(session.LastActivity),
        session.Metadata,
        WireTime.Of(session.ExpiresAt),
        TimeoutConfig.Of(session.Timeouts),
        session.RenewalCount,
        (long)session.Remaining(now).TotalMilliseconds,
        session.IsNearExpiration(now));
}
