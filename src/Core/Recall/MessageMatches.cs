namespace Kith.Core.Recall;

/// <summary>What a search found, best first.</summary>
/// <param name="IsTextOnly">The embedding model did not answer, or the workspace is changing to it, so nothing was found by meaning.</param>
public sealed record MessageMatches(IReadOnlyList<MessageMatch> Items, bool IsTextOnly);
