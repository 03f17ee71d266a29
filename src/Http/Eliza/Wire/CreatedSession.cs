using System.Text.Json;
using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

internal sealed record CreatedSession(
    string SessionId, string ChannelId, string AgentId, string UserId, string CreatedAt, JsonElement Metadata, string ExpiresAt, TimeoutConfig TimeoutConfig)
{
    public static CreatedSession Of(AgentSession session) => new(
        session.SessionId,
        session.ChannelId,
        session.AgentId,
        session.UserId,
        WireTime.Of(session.CreatedAt),
        session.Metadata,
        WireTime.Of(session.ExpiresAt),
        TimeoutConfig.Of(session.Timeouts));
}
