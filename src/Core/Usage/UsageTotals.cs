namespace Kith.Core.Usage;

/// <summary>Calls that a model answered, and the tokens they took.</summary>
public sealed record UsageTotals(long Calls, long InputTokens, long OutputTokens)
{
    public static UsageTotals None { get; } = new(0, 0, 0);

    public static UsageTotals operator +(UsageTotals one, UsageTotals other) =>
        new(one.Calls + other.Calls, one.InputTokens + other.InputTokens, one.OutputTokens + other.OutputTokens);
}
