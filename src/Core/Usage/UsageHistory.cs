using System.Globalization;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Usage;

/// <summary>What workspaces used models for, by day. Kept in the store, one document per workspace and day, to which every process adds.</summary>
public sealed class UsageHistory(IDocumentStore store, ModelUsage usage)
{
    /// <summary>Writes down what was reported since the last time; what cannot be written now is kept for the next time.</summary>
    /// <exception cref="KithException">Unavailable: the store does not answer.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var days = usage.Take().GroupBy(item => (item.Workspace, item.Entry.Day), item => item.Entry).ToList();
        while (days.Count > 0)
        {
            try
            {
                await WriteAsync(days[^1].Key.Workspace, days[^1].Key.Day, [.. days[^1]], cancellationToken);
                days.RemoveAt(days.Count - 1);
            }
            catch (Exception failure) when (failure is KithException or OperationCanceledException)
            {
                foreach (var day in days)
                    foreach (var entry in day)
                        usage.Add(day.Key.Workspace, entry);
                throw;
            }
        }
    }

    /// <summary>By day, purpose and model, with what this process has not yet written. Empty for an unknown workspace.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public async Task<IReadOnlyList<UsageEntry>> ReadAsync(string workspace, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var within = new Condition.All(
            new Condition.Compare(Field.Time("createdAt"), Comparison.GreaterOrEqual, Timestamp.Of(Start(from))),
            new Condition.Compare(Field.Time("createdAt"), Comparison.LessOrEqual, Timestamp.Of(Start(to))));
        var entries = new List<UsageEntry>();
        await foreach (var document in store.AllAsync(PartitionOf(workspace), new Query("usage") { Where = within }, cancellationToken))
        {
            var day = document.As(DocumentJson.Default.UsageDay);
            entries.AddRange(day.Items
                .OrderBy(item => item.Purpose, StringComparer.Ordinal)
                .ThenBy(item => item.Model, StringComparer.Ordinal)
                .Select(item => new UsageEntry(DateOnly.FromDateTime(day.CreatedAt.UtcDateTime), item.Purpose, item.Model, item.Totals)));
        }

        return entries;
    }

    private static Partition PartitionOf(string workspace) => Partition.Work(workspace, "$usage");

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private Task WriteAsync(string workspace, DateOnly day, IReadOnlyList<UsageEntry> entries, CancellationToken cancellationToken) => store.ChangeAsync(
        PartitionOf(workspace),
        day.ToString("O", CultureInfo.InvariantCulture),
        DocumentJson.Default.UsageDay,
        current => (current ?? new UsageDay { CreatedAt = Start(day) }).With(entries.Select(entry => new UsageDay.Item(entry.Purpose, entry.Model, entry.Totals))),
        cancellationToken);
}
