namespace Kith.Core.Memory;

/// <summary>What became of a statement: the conclusion that says it, and the messages that it was taken from.</summary>
internal sealed record Placement(string ConclusionId, IReadOnlyList<string> MessageIds);
