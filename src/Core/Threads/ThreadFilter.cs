namespace Kith.Core.Threads;

/// <summary>Which threads a list shows; all when null.</summary>
public sealed record ThreadFilter(string? Workflow = null, ThreadStatus? Status = null, string? Parent = null);
