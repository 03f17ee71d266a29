namespace Kith.Azure.Models;

/// <summary>What a model gives a search tool.</summary>
internal sealed record SearchInput(string Query, int? Limit = null);
