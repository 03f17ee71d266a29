using Kith.Core.Conversations;
using Kith.Core.Memory;

namespace Kith.Core.Context;

/// <summary>Messages ascending; representation and card are null when no target was asked for.</summary>
public sealed record SessionContext(IReadOnlyList<Message> Messages, Summary? Summary, string? Representation, IReadOnlyList<string>? PeerCard);
