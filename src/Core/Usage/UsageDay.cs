namespace Kith.Core.Usage;

/// <summary>What a workspace used on one day (UTC).</summary>
internal sealed record UsageDay
{
    public string Type { get; } = "usage";

    /// <summary>The day's beginning.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<Item> Items { get; init; } = [];

    public UsageDay With(IEnumerable<Item> more) => this with
    {
        Items =
        [
            .. Items.Concat(more)
                .GroupBy(item => (item.Purpose, item.Model))
                .Select(group => new Item(group.Key.Purpose, group.Key.Model, group.Aggregate(UsageTotals.None, (sum, item) => sum + item.Totals))),
        ],
    };

    internal sealed record Item(string Purpose, string Model, UsageTotals Totals);
}
