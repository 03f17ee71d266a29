namespace Kith.Core.Threads;

/// <summary>A thread with those it branched from.</summary>
/// <param name="Threads">The root first, the thread itself last.</param>
/// <param name="Truncated">Whether the first one has a parent that is gone or beyond the depth.</param>
public sealed record ThreadChain(IReadOnlyList<ThreadSnapshot> Threads, bool Truncated);
