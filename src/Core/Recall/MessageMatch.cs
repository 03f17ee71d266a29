using Kith.Core.Conversations;

namespace Kith.Core.Recall;

/// <summary>A message that a search found.</summary>
/// <param name="Hit">Why it was found; no rank at all when it is listed only because it is new.</param>
public sealed record MessageMatch(Message Message, RecallHit Hit);
