namespace Kith.Core.Recall;

/// <summary>A query as a vector.</summary>
/// <param name="Model">Made the vector.</param>
/// <param name="Vector">Empty for a query without words, and when there is none to compare.</param>
/// <param name="IsOutage">Whether there should be a vector: what is found is found by text alone.</param>
internal readonly record struct EmbeddedQuery(string? Model, ReadOnlyMemory<float> Vector, bool IsOutage)
{
    public static EmbeddedQuery Outage { get; } = new(null, default, IsOutage: true);
}
