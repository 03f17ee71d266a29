namespace Kith.Core.Filters;

/// <summary>What a filter key stands for.</summary>
/// <param name="Field">Where the value is, and how it compares.</param>
/// <param name="Allowed">The values that a closed vocabulary has; null for any.</param>
public sealed record FilterColumn(Field Field, IReadOnlyList<string>? Allowed = null);
