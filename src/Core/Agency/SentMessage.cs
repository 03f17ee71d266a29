using Kith.Core.Conversations;

namespace Kith.Core.Agency;

/// <summary>A stored message of a user, and the session after it.</summary>
/// <param name="Pending">The reply that is owed; null when nobody answers for the agent.</param>
public sealed record SentMessage(AgentSession Session, Message Message, PendingReply? Pending)
{
    /// <summary>The reply that was given before, when the message was sent again.</summary>
    public AgentReply? Reply { get; init; }
}
