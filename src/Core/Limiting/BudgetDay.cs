namespace Kith.Core.Limiting;

/// <summary>What a workspace took in on one day.</summary>
internal sealed record BudgetDay
{
    public const string DocumentType = "budgetDay";

    public string Type { get; } = DocumentType;

    /// <summary>The day's beginning.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public long Messages { get; init; }

    public long Tokens { get; init; }
}
