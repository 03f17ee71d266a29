using Kith.Core.Conversations;

namespace Kith.Core.Memory;

/// <summary>A conclusion with the messages and the conclusions that it rests on, each in the order of their creation.</summary>
public sealed record ConclusionSources(Conclusion Conclusion, IReadOnlyList<Message> Messages, IReadOnlyList<Conclusion> Premises);
