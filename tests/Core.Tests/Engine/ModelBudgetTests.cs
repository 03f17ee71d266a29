using Kith.Core.Answers;
using Kith.Core.Directory;
using Kith.Core.Limiting;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

public sealed class ModelBudgetTests
{
    private static readonly Partition _session = Partition.Conversation(Tenant, "s");

    [Fact]
    public async Task Work_waits_for_the_next_day_and_says_so_when_models_may_use_no_more()
    {
        await using var engine = await SpentAsync();
        await engine.SayAsync("s", "alice", "I like tea");

        for (var round = 0; round < 2; round++)
        {
            foreach (var step in await engine.Core.Planner.PlanAsync(_session, Cancel))
                Assert.Null(await engine.Core.Runner.AttemptAsync(step, Cancel));
        }

        Assert.Empty(await engine.Core.Planner.PlanAsync(_session, Cancel));
        Assert.DoesNotContain(await engine.Core.Store.DueAsync(null, engine.Time.GetUtcNow().AddHours(1), 100, Cancel), due => due.Partition == _session);
        var waiting = Assert.Single((await engine.Core.Queues.DetailAsync(Tenant, null, Cancel)).Sessions).Waiting!;
        Assert.Equal((Waiting.Retrying, new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero)), (waiting.Reason, waiting.Until));
        Assert.Contains("Models may use 100 tokens a day for workspace w, and have used 100. The next day begins at 2026-05-02T00:00:00Z.", waiting.Detail, StringComparison.Ordinal);
        Assert.Equal(0, engine.Reasoner.Derivations);
        Assert.Empty((await engine.Core.FailedSteps.ListAsync(Tenant, null, null, null, new Paging(), Cancel)).Items);

        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.DrainAsync();
        Assert.Equal(["alice: I like tea"], await engine.KnownAsync("alice", "alice"));
    }

    [Fact]
    public async Task A_flush_looks_again_once_more_is_allowed()
    {
        await using var engine = await SpentAsync();
        await engine.SayAsync("s", "alice", "I like tea");
        foreach (var step in await engine.Core.Planner.PlanAsync(_session, Cancel))
            Assert.Null(await engine.Core.Runner.AttemptAsync(step, Cancel));
        await AllowAsync(engine, 1_000);
        engine.Time.Advance(TimeSpan.FromMinutes(1));

        await engine.Core.Queues.FlushAsync(Tenant, Cancel);
        await engine.WorkAsync(_session);

        Assert.Equal(["alice: I like tea"], await engine.KnownAsync("alice", "alice"));
    }

    [Fact]
    public async Task A_question_is_refused_and_a_search_goes_by_text_alone()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "I like tea");
        await engine.DrainAsync();
        await SpendAsync(engine);

        var refused = await Assert.ThrowsAsync<KithException>(() => engine.Core.Chats.AskAsync(new ChatRequest(Tenant, "alice", "What does alice like?"), Cancel));
        Assert.Equal((ErrorCode.BudgetExceeded, "budget_exceeded"), (refused.Code, refused.Detail));
        var found = await engine.Core.MessageSearch.SearchAsync(new Core.Recall.MessageSearchRequest(Tenant, "tea"), Cancel);
        Assert.True(found.IsTextOnly);
        Assert.Equal(["I like tea"], found.Items.Select(match => match.Message.Content));
    }

    [Fact]
    public async Task A_dream_waits_for_the_next_day()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "I like tea");
        await engine.DrainAsync();
        await SpendAsync(engine);
        var pair = Partition.Memory(Tenant, "alice", "alice");
        await engine.Core.Dreams.ScheduleAsync(Tenant, "alice", "alice", rebuildCard: false, Cancel);

        var step = Assert.Single(await engine.Core.Planner.PlanAsync(pair, Cancel));
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Runner.AttemptAsync(step, Cancel));
        Assert.Empty(await engine.Core.Planner.PlanAsync(pair, Cancel));

        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.DrainAsync();
        Assert.Equal(DreamOutcome.Completed, Assert.Single((await engine.Core.Dreams.HistoryAsync(Tenant, "alice", "alice", Cancel)).Runs).Outcome);
    }

    private static async Task<TestEngine> SpentAsync()
    {
        var engine = new TestEngine();
        await SpendAsync(engine);
        return engine;
    }

    private static async Task SpendAsync(TestEngine engine)
    {
        await AllowAsync(engine, 100);
        engine.Usage.Record(Tenant, "chat", "m", 60, 40);
        engine.Time.Advance(TimeSpan.FromSeconds(11));
    }

    private static Task AllowAsync(TestEngine engine, long tokens) =>
        engine.Core.Workspaces.SetSettingsAsync(Tenant, new WorkspaceSettings { Budget = new DailyBudget(ModelTokens: tokens) }, Cancel);
}
