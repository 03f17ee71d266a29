using Kith.Core.Usage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

public sealed class UsageTests
{
    private static readonly DateOnly _first = new(2026, 5, 1);

    [Fact]
    public async Task What_was_reported_is_summed_by_day_purpose_and_model()
    {
        await using var engine = new TestEngine();
        var usage = new ModelUsage(engine.Time);
        var history = new UsageHistory(engine.Core.Store, usage);
        usage.Record("w", "derive", "m", 10, 1);
        usage.Record("w", "derive", "m", 20, 2);
        usage.Record("w", "chat", "m", 5, 5);
        usage.Record("other", "chat", "m", 7, 7);
        await history.FlushAsync(Cancel);
        engine.Time.Advance(TimeSpan.FromDays(1));
        usage.Record("w", "derive", "m", 40, 4);

        Assert.Equal(
            [
                new UsageEntry(_first, "chat", "m", new(1, 5, 5)),
                new UsageEntry(_first, "derive", "m", new(2, 30, 3)),
                new UsageEntry(_first.AddDays(1), "derive", "m", new(1, 40, 4)),
            ],
            await history.ReadAsync("w", _first, _first.AddDays(1), Cancel));
        Assert.Equal([new UsageEntry(_first, "chat", "m", new(1, 7, 7))], await history.ReadAsync("other", _first, _first, Cancel));
    }

    [Fact]
    public async Task Processes_add_to_each_other_and_a_restart_loses_nothing_that_was_written()
    {
        await using var engine = new TestEngine();
        foreach (var process in new[] { new ModelUsage(engine.Time), new ModelUsage(engine.Time) })
        {
            process.Record("w", "embed", "m", 3, 0);
            await new UsageHistory(engine.Core.Store, process).FlushAsync(Cancel);
        }

        await engine.RestartAsync();

        var read = await new UsageHistory(engine.Core.Store, new ModelUsage(engine.Time)).ReadAsync("w", _first, _first, Cancel);
        Assert.Equal(new UsageTotals(2, 6, 0), Assert.Single(read).Totals);
    }

    [Fact]
    public async Task What_cannot_be_written_is_kept_for_the_next_time()
    {
        await using var engine = new TestEngine();
        var usage = new ModelUsage(engine.Time);
        var history = new UsageHistory(engine.Core.Store, usage);
        usage.Record("w", "chat", "m", 5, 5);
        usage.Record("v", "chat", "m", 6, 6);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => history.FlushAsync(new CancellationToken(canceled: true)));

        Assert.Equal(new UsageTotals(1, 5, 5), Assert.Single(await history.ReadAsync("w", _first, _first, Cancel)).Totals);
        Assert.Equal(new UsageTotals(1, 6, 6), Assert.Single(await history.ReadAsync("v", _first, _first, Cancel)).Totals);
    }

    [Fact]
    public async Task A_deleted_workspace_takes_its_usage_along()
    {
        await using var engine = new TestEngine();
        var usage = new ModelUsage(engine.Time);
        var history = new UsageHistory(engine.Core.Store, usage);
        await engine.Core.Workspaces.GetOrCreateAsync(Tenant, null, null, Cancel);
        usage.Record(Tenant, "chat", "m", 5, 5);
        await history.FlushAsync(Cancel);

        await engine.Core.Workspaces.DeleteAsync(Tenant, Cancel);
        await engine.DrainAsync();

        Assert.Empty(await history.ReadAsync(Tenant, _first, _first, Cancel));
    }
}
