namespace Kith.Core.Recall;

/// <summary>A query as a vector.</summary>
/// <param name="Vector">Empty for a query without words, and when the model did not answer.</param>
/// <param name="IsOutage">Whether the model should have answered and did not: what is found is found by text alone.</param>
internal readonly record struct EmbeddedQuery(ReadOnlyMemory<float> Vector, bool IsOutage);
