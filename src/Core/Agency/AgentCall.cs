using Kith.Core.Context;
using Kith.Core.Conversations;

namespace Kith.Core.Agency;

/// <summary>What somebody who answers for an agent needs to know.</summary>
/// <param name="Context">What is known of the user, the summary, and the newest messages: the one to be answered is the last of them unless more was said meanwhile.</param>
public sealed record AgentCall(Agent Agent, PendingReply Reply, Message Message, SessionContext Context);
