namespace Kith.Core.Recall;

/// <summary>What a search found, best first.</summary>
/// <param name="IsTextOnly">The embedding model did not answer, so nothing was found by meaning.</param>
public sealed record MessageMatches(IReadOnlyList<MessageMatch> Items, bool IsTextOnly);
