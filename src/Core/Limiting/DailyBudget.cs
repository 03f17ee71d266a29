namespace Kith.Core.Limiting;

/// <summary>What a workspace may take in on one day (UTC); null is without end.</summary>
/// <param name="Messages">Messages that are stored.</param>
/// <param name="Tokens">Their o200k tokens, which is what deriving from them costs in proportion to.</param>
/// <param name="ModelTokens">What its models read and write, by their servers' own count.</param>
public sealed record DailyBudget(long? Messages = null, long? Tokens = null, long? ModelTokens = null)
{
    public static DailyBudget None { get; } = new();
}
