using System.Globalization;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Usage;

/// <summary>What workspaces used models for, by day. Kept in the store, one document per workspace and day, to which every process adds.</summary>
#pragma warning disable CA1001 // A semaphore without a wait handle holds nothing that has to be disposed.
public sealed class UsageHistory(IDocumentStore store, ModelUsage usage)
#pragma warning restore CA1001
{
    private static readonly Field CreatedAt = Field.Time("createdAt");

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Writes down what was reported since the last time; what cannot be written is kept for the next time. When it returns, so have all others.</summary>
    /// <exception cref="KithException">Unavailable: the store does not answer.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var left = new Stack<IGrouping<(string Workspace, DateOnly Day), UsageEntry>>(usage.Take().GroupBy(item => (item.Workspace, item.Entry.Day), item => item.Entry));
        try
        {
            while (left.TryPeek(out var day))
            {
                await WriteAsync(day.Key.Workspace, day.Key.Day, [.. day], cancellationToken);
                left.Pop();
            }
        }
        finally
        {
            foreach (var day in left)
            {
                foreach (var entry in day)
                    usage.Add(day.Key.Workspace, entry);
            }

            _gate.Release();
        }
    }

    /// <summary>By day, purpose and model, with what this process has not yet written. Empty for an unknown workspace.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public async Task<IReadOnlyList<UsageEntry>> ReadAsync(string workspace, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var within = new Condition.All(
            new Condition.Compare(CreatedAt, Comparison.GreaterOrEqual, Timestamp.Of(Start(from))),
            new Condition.Compare(CreatedAt, Comparison.LessOrEqual, Timestamp.Of(Start(to))));
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
