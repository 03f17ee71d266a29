namespace Kith.Core.Threads;

/// <summary>What a thread holds, for display.</summary>
/// <param name="FilesReferenced">Distinct paths in ordinal order.</param>
public sealed record ContextSummary(ThreadSnapshot Thread, int UserMessages, int AssistantMessages, int SystemMessages, IReadOnlyList<string> FilesReferenced, int EstimatedTokens);
