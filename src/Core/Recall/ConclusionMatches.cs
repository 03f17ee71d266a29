namespace Kith.Core.Recall;

/// <summary>What a query found, best first.</summary>
/// <param name="IsTextOnly">The embedding model did not answer, so nothing was found by meaning.</param>
public sealed record ConclusionMatches(IReadOnlyList<ConclusionMatch> Items, bool IsTextOnly);
