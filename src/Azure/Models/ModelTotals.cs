namespace Kith.Azure.Models;

/// <summary>Calls that were answered and the tokens they took.</summary>
public sealed record ModelTotals(long Calls, long InputTokens, long OutputTokens);
