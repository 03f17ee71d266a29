namespace Kith.Http.Threads.Wire;

/// <param name="Threads">The root first.</param>
/// <param name="Truncated">The first one has a parent that is gone or beyond the depth.</param>
internal sealed record ThreadChain(IReadOnlyList<Thread> Threads, bool Truncated);
