namespace Kith.Bench.Locomo;

/// <summary>Tokens that models took for one purpose.</summary>
internal sealed record Spent(string Purpose, long InputTokens, long OutputTokens);
