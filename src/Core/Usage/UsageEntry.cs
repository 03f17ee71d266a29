namespace Kith.Core.Usage;

/// <summary>What one model was used for in a workspace on one day (UTC).</summary>
public sealed record UsageEntry(DateOnly Day, string Purpose, string Model, UsageTotals Totals);
