using Kith.Core.Rebuilding;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What was given up is seen, and made up for by a replay, once.</summary>
public sealed class FailedStepTests
{
    private static readonly Partition Session = Partition.Conversation(Tenant, "s");

    [Fact]
    public async Task A_replayed_derivation_learns_what_was_lost_and_is_counted_once()
    {
        await using var engine = new TestEngine();
        await GivenALostMessageAsync(engine);
        var failed = await OnlyAsync(engine);
        Assert.Equal((StepKinds.Derive, "s", 0L, 1L, "garbage"), (failed.Kind, failed.Session, failed.After, failed.Through, failed.Reason));

        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        Assert.Equal(FailedStepState.Replaying, (await OnlyAsync(engine)).State);
        await engine.DrainAsync();

        Assert.Equal(["a: kept", "a: lost"], (await engine.KnownAsync("a", "a")).Order());
        Assert.Empty(await ListAsync(engine));
        Assert.Equal(new WorkUnits(2, 2, 0, 0, 0), (await engine.Core.Queues.StatusAsync(Tenant, null, null, "s", Cancel)).Units);
    }

    [Fact]
    public async Task A_replay_that_is_run_twice_changes_nothing_more()
    {
        await using var engine = new TestEngine();
        await GivenALostMessageAsync(engine);
        var replayed = await engine.Core.FailedSteps.ReplayAsync(Tenant, (await OnlyAsync(engine)).Id, Cancel);
        var place = Partition.Work(Tenant, "s");
        var document = await engine.Core.Store.ReadAsync(place, replayed.Id, Cancel);
        await engine.DrainAsync();
        // A death right before the failed step was removed.
        await engine.Core.Store.ExecuteAsync(place, [new Operation.Upsert(replayed.Id, document!.Body)], Cancel);
        await engine.DrainAsync();

        Assert.Equal(2, (await engine.KnownAsync("a", "a")).Count);
        Assert.Equal(0, (await engine.Core.Queues.StatusAsync(Tenant, null, null, "s", Cancel)).Units.Failed);
        Assert.All((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items, conclusion => Assert.Equal(1, conclusion.TimesDerived));
    }

    [Fact]
    public async Task A_replay_that_fails_again_says_so_and_can_be_repeated()
    {
        await using var engine = new TestEngine();
        await GivenALostMessageAsync(engine);
        var failed = await OnlyAsync(engine);
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        engine.Reasoner.Failures.Enqueue(new KithException(ErrorCode.Invalid, "still garbage"));
        var replay = Assert.Single(await engine.Core.Planner.PlanAsync(Partition.Work(Tenant, "s"), Cancel));
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Runner.RunAsync(replay, Cancel));
        Assert.True(await engine.Core.Runner.SkipAsync(replay, "still garbage", Cancel));

        var again = await OnlyAsync(engine);
        Assert.Equal((failed.Id, FailedStepState.Failed, "still garbage", 2), (again.Id, again.State, again.Reason, again.Times));
        Assert.Equal(1, (await engine.Core.Queues.StatusAsync(Tenant, null, null, "s", Cancel)).Units.Failed);
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await engine.DrainAsync();
        Assert.Empty(await ListAsync(engine));
    }

    [Fact]
    public async Task A_dismissed_step_leaves_the_list_and_its_messages_stay_failed()
    {
        await using var engine = new TestEngine();
        await GivenALostMessageAsync(engine);
        var failed = await OnlyAsync(engine);
        await engine.Core.FailedSteps.DismissAsync(Tenant, failed.Id, Cancel);

        Assert.Empty(await ListAsync(engine));
        Assert.Equal(failed.Id, Assert.Single((await engine.Core.FailedSteps.ListAsync(Tenant, null, null, FailedStepState.Dismissed, new Paging(), Cancel)).Items).Id);
        Assert.Equal(DeriveState.Failed, (await engine.Core.MessageStates.ListAsync(Tenant, "s", new Paging(), Cancel)).Items[0].State);
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await engine.DrainAsync();
        Assert.Contains("a: lost", await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task A_replayed_summary_covers_what_was_left_out_of_later_ones()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(1, 20).Select(i => $"m{i}")]);
        var summarise = (await engine.Core.Planner.PlanAsync(Session, Cancel)).OfType<WorkStep.Summarise>().Single();
        Assert.True(await engine.Core.Runner.SkipAsync(summarise, "garbage", Cancel));
        await engine.SayAsync("s", "a", [.. Enumerable.Range(21, 20).Select(i => $"m{i}")]);
        await engine.DrainAsync();
        Assert.Equal("20 turns up to m40", (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!.Content);

        var failed = await OnlyAsync(engine);
        Assert.Equal(StepKinds.ShortSummary, failed.Kind);
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await engine.DrainAsync();

        var summary = (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!;
        Assert.Equal(("40 turns up to m40", 40L), (summary.Content, summary.Through));
        Assert.Equal(0, (await engine.Core.Queues.StatusAsync(Tenant, null, null, "s", Cancel)).Units.Failed);
    }

    [Fact]
    public async Task Replayed_indexing_makes_messages_findable()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "the heron stands still");
        var index = (await engine.Core.Planner.PlanAsync(Session, Cancel)).OfType<WorkStep.Index>().Single();
        Assert.True(await engine.Core.Runner.SkipAsync(index, "garbage", Cancel));
        await engine.DrainAsync();
        await engine.Core.FailedSteps.ReplayAsync(Tenant, (await OnlyAsync(engine)).Id, Cancel);
        await engine.DrainAsync();

        var found = await engine.Core.MessageSearch.SearchAsync(new MessageSearchRequest(Tenant, "heron"), Cancel);
        Assert.Single(found.Items);
        Assert.Empty(await ListAsync(engine));
    }

    [Fact]
    public async Task A_replayed_dream_is_dreamt()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        var dream = Assert.Single(await engine.Core.Planner.PlanAsync(Partition.Memory(Tenant, "a", "a"), Cancel));
        Assert.True(await engine.Core.Runner.SkipAsync(dream, "refused", Cancel));
        var failed = await OnlyAsync(engine);
        Assert.Equal((StepKinds.Dream, "a", "a"), (failed.Kind, failed.Observer, failed.Observed));
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await engine.DrainAsync();

        Assert.Equal(1, engine.Reasoner.Consolidations);
        Assert.Empty(await ListAsync(engine));
    }

    [Fact]
    public async Task A_replayed_rebuild_goes_on_where_it_failed()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();
        var rebuild = await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant, [RebuildPart.Conclusions], "s"), Cancel);
        var step = Assert.Single(await engine.Core.Planner.PlanAsync(Partition.Work(Tenant, rebuild.Id), Cancel));
        await engine.Core.Runner.RunAsync(step, Cancel);
        Assert.True(await engine.Core.Runner.SkipAsync(step, "garbage", Cancel));
        Assert.Equal(RebuildState.Failed, (await engine.Core.Rebuilds.FindAsync(Tenant, rebuild.Id, Cancel))!.State);
        var failed = await OnlyAsync(engine);
        Assert.Equal((StepKinds.Rebuild, rebuild.Id, "s"), (failed.Kind, failed.Target, failed.Session));
        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await engine.DrainAsync();

        Assert.Equal(RebuildState.Completed, (await engine.Core.Rebuilds.FindAsync(Tenant, rebuild.Id, Cancel))!.State);
        Assert.Empty(await ListAsync(engine));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replayed_work_that_never_began_is_looked_at_again_and_leaves_the_list(bool isPair)
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        var place = isPair ? Partition.Memory(Tenant, "a", "a") : Partition.Conversation(Tenant, "s");
        await engine.Core.Unstarted.RecordAsync(place, "The orchestration could not be started", Cancel);
        var failed = await OnlyAsync(engine);
        Assert.Equal((StepKinds.Start, isPair ? null : "s", isPair ? "a" : null), (failed.Kind, failed.Session, failed.Observer));

        await engine.Core.FailedSteps.ReplayAsync(Tenant, failed.Id, Cancel);
        await engine.DrainAsync();

        Assert.Empty(await ListAsync(engine));
        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task The_list_is_filtered_by_kind_and_session()
    {
        await using var engine = new TestEngine();
        foreach (var session in new[] { "s", "t" })
        {
            await engine.SayAsync(session, "a", "hello");
            foreach (var step in await engine.Core.Planner.PlanAsync(Partition.Conversation(Tenant, session), Cancel))
                Assert.True(await engine.Core.Runner.SkipAsync(step, "garbage", Cancel));
        }

        Assert.Equal(4, (await ListAsync(engine)).Count);
        Assert.Equal(2, (await engine.Core.FailedSteps.ListAsync(Tenant, StepKinds.Derive, null, null, new Paging(), Cancel)).Total);
        Assert.Equal("t", Assert.Single((await engine.Core.FailedSteps.ListAsync(Tenant, StepKinds.Index, "t", null, new Paging(), Cancel)).Items).Session);
        Assert.Equal(2, await engine.Core.FailedSteps.CountAsync(Tenant, "s", Cancel));
        await Assert.ThrowsAsync<KithException>(() => engine.Core.FailedSteps.ReplayAsync(Tenant, "nothing", Cancel));
    }

    private static async Task GivenALostMessageAsync(TestEngine engine)
    {
        await engine.SayAsync("s", "a", "lost");
        var derive = (await engine.Core.Planner.PlanAsync(Session, Cancel)).OfType<WorkStep.Derive>().Single();
        Assert.True(await engine.Core.Runner.SkipAsync(derive, "garbage", Cancel));
        await engine.SayAsync("s", "a", "kept");
        await engine.DrainAsync();
    }

    private static async Task<FailedStep> OnlyAsync(TestEngine engine) => Assert.Single(await ListAsync(engine));

    private static async Task<IReadOnlyList<FailedStep>> ListAsync(TestEngine engine) =>
        (await engine.Core.FailedSteps.ListAsync(Tenant, null, null, null, new Paging(), Cancel)).Items;
}
