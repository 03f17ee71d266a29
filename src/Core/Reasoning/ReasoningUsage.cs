namespace Kith.Core.Reasoning;

/// <summary>What an answer cost; all zero without a model.</summary>
public sealed record ReasoningUsage(int ModelCalls, long InputTokens, long OutputTokens)
{
    public static ReasoningUsage None { get; } = new(0, 0, 0);
}
