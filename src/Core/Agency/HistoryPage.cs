using Kith.Core.Conversations;

namespace Kith.Core.Agency;

/// <param name="Messages">Newest first.</param>
/// <param name="HasMore">Whether the range holds messages beyond the page.</param>
public sealed record HistoryPage(AgentSession Session, IReadOnlyList<Message> Messages, bool HasMore);
