namespace Kith.Http.Threads.Wire;

/// <param name="Cursor">For the next page; null at the end, where a page may be short.</param>
internal sealed record ThreadPage(IReadOnlyList<Thread> Threads, string? Cursor = null);
