namespace Kith.Core.Erasing;

/// <summary>What a search of every store found of an erasure's target.</summary>
/// <param name="Remaining">By kind of document; empty when nothing is left.</param>
/// <param name="InUseAgain">The id was given to something new since, and what was found may be of that.</param>
public sealed record Proof(DateTimeOffset CheckedAt, IReadOnlyDictionary<string, long> Remaining, bool InUseAgain);
