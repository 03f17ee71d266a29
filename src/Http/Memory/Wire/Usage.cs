using Kith.Core.Usage;

namespace Kith.Http.Memory.Wire;

/// <param name="From">The first day, UTC.</param>
/// <param name="To">The last day, UTC.</param>
internal sealed record Usage(DateOnly From, DateOnly To, IReadOnlyList<Usage.OfModel> Days, IReadOnlyList<Usage.OfPurpose> Purposes, Usage.Sum Total)
{
    public static Usage Of(DateOnly from, DateOnly to, IReadOnlyList<UsageEntry> entries) => new(
        from,
        to,
        [.. entries.Select(entry => new OfModel(entry.Day, entry.Purpose, entry.Model, entry.Totals.Calls, entry.Totals.InputTokens, entry.Totals.OutputTokens))],
        [
            .. entries.GroupBy(entry => entry.Purpose).OrderBy(purpose => purpose.Key, StringComparer.Ordinal)
                .Select(purpose => (purpose.Key, Sum: Sum.Of(purpose)))
                .Select(purpose => new OfPurpose(purpose.Key, purpose.Sum.Calls, purpose.Sum.InputTokens, purpose.Sum.OutputTokens)),
        ],
        Sum.Of(entries));

    internal sealed record OfModel(DateOnly Day, string Purpose, string Model, long Calls, long InputTokens, long OutputTokens);

    internal sealed record OfPurpose(string Purpose, long Calls, long InputTokens, long OutputTokens);

    internal sealed record Sum(long Calls, long InputTokens, long OutputTokens)
    {
        public static Sum Of(IEnumerable<UsageEntry> entries)
        {
            var total = entries.Aggregate(UsageTotals.None, (sum, entry) => sum + entry.Totals);
            return new(total.Calls, total.InputTokens, total.OutputTokens);
        }
    }
}
