using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Background work: nothing is lost, nothing is done twice, and its status adds up.</summary>
public sealed class WorkTests
{
    private static readonly Partition Session = Partition.Conversation(Tenant, "s");

    [Fact]
    public async Task Work_that_was_due_before_a_restart_is_done_after_it()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 30).Select(i => $"fact {i} {new string('x', i)}")]);
        await engine.RestartAsync();
        await engine.DrainAsync();

        Assert.Equal(30, (await engine.KnownAsync("a", "a")).Count);
        Assert.Equal(20, (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!.Through);
    }

    [Fact]
    public async Task A_crash_between_the_answer_and_the_watermark_does_not_ask_again()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish", "I swim");
        var derive = (await engine.Core.Planner.PlanAsync(Session, Cancel)).OfType<WorkStep.Derive>().Single();
        await engine.Core.Runner.RunAsync(derive, Cancel);
        await engine.SayAsync("s", "a", "I dive");
        var before = await engine.Core.Store.ReadAsync(Session, Watermarks.Id, Cancel);
        var rewound = before!.As(DocumentJson.Default.Watermarks) with { Derived = 0, DerivedUnits = 0 };
        await engine.Core.Store.PutAsync(Session, Watermarks.Id, rewound, DocumentJson.Default.Watermarks, Cancel);
        await engine.RestartAsync();
        await engine.DrainAsync();

        Assert.Equal(2, engine.Reasoner.Derivations);
        Assert.Equal(["a: I fish", "a: I swim", "a: I dive"], await engine.KnownAsync("a", "a"));
        Assert.All((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items, conclusion => Assert.Equal(1, conclusion.TimesDerived));
    }

    [Fact]
    public async Task A_step_that_is_given_up_is_counted_and_later_work_goes_on()
    {
        await using var engine = new TestEngine();
        engine.Reasoner.Failures.Enqueue(new KithException(ErrorCode.Invalid, "garbage"));
        await engine.SayAsync("s", "a", "lost");
        var derive = (await engine.Core.Planner.PlanAsync(Session, Cancel)).OfType<WorkStep.Derive>().Single();
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Runner.RunAsync(derive, Cancel));
        Assert.True(await engine.Core.Runner.SkipAsync(derive, "garbage", Cancel));
        await engine.SayAsync("s", "a", "kept");
        await engine.DrainAsync();

        Assert.Equal(["a: kept"], await engine.KnownAsync("a", "a"));
        var status = (await engine.Core.Queues.StatusAsync(Tenant, null, null, "s", Cancel)).Units;
        Assert.Equal(new WorkUnits(2, 2, 0, 0, 1), status);
        Assert.Equal(1, await engine.Core.Store.CountAsync(Partition.Work(Tenant, "s"), new Query("failedStep"), Cancel));
    }

    [Fact]
    public async Task A_dream_that_is_asked_for_is_pending_until_it_was_dreamt()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);

        Assert.Equal(new WorkUnits(2, 1, 0, 1, 0), (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units);
        Assert.Equal(1, (await engine.Core.Queues.StatusAsync(Tenant, "a", null, null, Cancel)).Units.Pending);
        Assert.Equal(0, (await engine.Core.Queues.StatusAsync(Tenant, "b", null, null, Cancel)).Units.Pending);
        await engine.DrainAsync();
        Assert.Equal(new WorkUnits(2, 2, 0, 0, 0), (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units);
    }

    [Fact]
    public async Task Queue_status_adds_up_before_during_and_after()
    {
        await using var engine = new TestEngine();
        await engine.Core.Peers.GetOrCreateAsync(Tenant, "bot", null, Json("""{"observe_me":false}"""), Cancel);
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 19).Select(i => $"fact {i} {new string('x', i)}")]);
        await engine.SayAsync("s", "bot", "unobserved");

        var before = (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units;
        Assert.Equal(new WorkUnits(20, 0, 0, 20, 0), before);
        await engine.Core.Planner.PlanAsync(Session, Cancel);
        var during = (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units;
        Assert.Equal(new WorkUnits(20, 0, 19, 1, 0), during);
        await engine.DrainAsync();
        var after = await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel);
        Assert.Equal(new WorkUnits(20, 20, 0, 0, 0), after.Units);
        Assert.Equal(["s"], after.Sessions.Keys);
    }

    [Fact]
    public async Task Queue_status_is_filtered_by_sender_and_by_observer()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "b", new MemberSettings(ObserveOthers: true));
        await engine.SayAsync("s", "a", "one", "two");
        await engine.SayAsync("s", "b", "three");

        foreach (var drained in new[] { false, true })
        {
            if (drained)
                await engine.DrainAsync();
            Assert.Equal(2, (await engine.Core.Queues.StatusAsync(Tenant, null, "a", null, Cancel)).Units.Total);
            Assert.Equal(2, (await engine.Core.Queues.StatusAsync(Tenant, "a", null, "s", Cancel)).Units.Total);
            Assert.Equal(3, (await engine.Core.Queues.StatusAsync(Tenant, "b", null, "s", Cancel)).Units.Total);
            Assert.Equal(0, (await engine.Core.Queues.StatusAsync(Tenant, "nobody", null, null, Cancel)).Units.Total);
        }
    }

    [Fact]
    public async Task A_session_whose_directory_copies_were_never_written_is_repaired()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "hello");
        await engine.Core.Store.ExecuteAsync(Owners.Sessions(Tenant), [new Operation.Delete("s")], Cancel);
        await engine.Core.Store.ExecuteAsync(Owners.Memberships(Tenant, "a"), [new Operation.Delete("s")], Cancel);
        await engine.DrainAsync();

        Assert.Equal(1, (await engine.Core.Sessions.ListAsync(Tenant, new Paging(), null, Cancel)).Total);
        Assert.Equal(1, (await engine.Core.Peers.SessionsAsync(Tenant, "a", new Paging(), null, Cancel)).Total);
    }

    [Fact]
    public async Task A_conclusion_whose_index_entry_was_never_written_is_found_after_the_sweep()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "hello");
        var created = await engine.Core.Conclusions.CreateAsync(Tenant, [new("a", "a", "a keeps bees", null)], Cancel);
        var pair = Partition.Memory(Tenant, "a", "a");
        var dream = new Memory.Dream { Unindexed = [created[0].Id], RepairAt = engine.Time.GetUtcNow(), DueAt = engine.Time.GetUtcNow() };
        await engine.Core.Store.PutAsync(pair, Memory.Dream.Id, dream, DocumentJson.Default.Dream, Cancel);
        await engine.DrainAsync();

        var found = await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", "bees", 5, null, null, Clocks.Now, Cancel);
        Assert.Contains(found.Items, match => match.Conclusion.Id == created[0].Id);
        Assert.Empty(await engine.Core.Planner.PlanAsync(pair, Cancel));
    }
}
