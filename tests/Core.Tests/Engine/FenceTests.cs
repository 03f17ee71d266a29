using Kith.Core.Erasing;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Steps that have read what is erased before they end, and purges that are slower than whoever begins anew.</summary>
public sealed class FenceTests
{
    private static readonly Partition Talk = Partition.Conversation(Tenant, "s");

    [Fact]
    public async Task A_session_that_is_deleted_while_it_is_derived_leaves_nothing()
    {
        var reasoner = new ScriptedReasoner();
        await using var engine = new TestEngine(reasoner);
        await engine.SayAsync("s", "alice", "My secret is zqx");
        During(reasoner, () => DeleteAsync(engine));

        await Assert.ThrowsAsync<KithException>(() => DeriveAsync(engine));
        await engine.DrainAsync();

        Assert.Empty(await engine.KnownAsync("alice", "alice"));
        foreach (var type in Purger.WorkspaceConversationTypes)
            Assert.Equal(0, await engine.Core.Store.CountAsync(Talk, new Query(type), Cancel));
    }

    [Fact]
    public async Task A_session_that_is_begun_anew_while_the_one_before_is_derived_is_derived_from_its_first_message()
    {
        var reasoner = new ScriptedReasoner();
        await using var engine = new TestEngine(reasoner);
        await engine.SayAsync("s", "alice", "My secret is zqx", "And so is this");
        During(reasoner, async () =>
        {
            await DeleteAsync(engine);
            await engine.SayAsync("s", "alice", "I like tea", "I like rain", "I like moss");
            await engine.Core.Planner.PlanAsync(Talk, Cancel);
        });

        await Assert.ThrowsAsync<KithException>(() => DeriveAsync(engine));
        await engine.DrainAsync();

        Assert.Equal(["alice: I like tea", "alice: I like rain", "alice: I like moss"], await engine.KnownAsync("alice", "alice"));
    }

    [Fact]
    public async Task A_run_that_died_before_something_was_erased_leaves_nothing_of_it()
    {
        for (var writes = 1; writes <= 4; writes++)
        {
            await using var engine = new TestEngine();
            var said = await engine.SayAsync("s", "alice", "My secret is zqx", "I like tea");
            var step = await PlanAsync(engine);
            await engine.RestartAsync(writes: writes);
            var death = await Record.ExceptionAsync(() => engine.Core.Runner.RunAsync(step, Cancel));
            Assert.True(death is MortalStore.DeadException or null, $"{death}");
            await engine.RestartAsync();

            await engine.Core.Erasures.StartAsync(Tenant, new ErasureTarget(ErasureKind.Message, "s", said[0].Id), Cancel);
            await engine.DrainAsync();

            Assert.Equal(["alice: I like tea"], await engine.KnownAsync("alice", "alice"));
            Assert.DoesNotContain(await AllAsync(engine, "derivation"), document => document.As(DocumentJson.Default.Derivation).Statements.Any(statement => statement.Content.Contains("zqx", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Other_steps_that_end_first_disturb_nothing()
    {
        var reasoner = new ScriptedReasoner();
        await using var engine = new TestEngine(reasoner);
        await engine.SayAsync("s", "alice", "I like tea");
        await engine.SayAsync("s", "bob", "I like rain");
        var steps = await engine.Core.Planner.PlanAsync(Talk, Cancel);
        During(reasoner, () => engine.Core.Runner.RunAsync(steps.OfType<WorkStep.Index>().Single(), Cancel));

        await engine.Core.Runner.RunAsync(steps.OfType<WorkStep.Derive>().Single(), Cancel);

        var marks = await Watermarks.OfAsync(engine.Core.Store, Talk, Cancel);
        Assert.Equal((2, 2, null), (marks.Derived, marks.Indexed, marks.Plan));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_not_to_be_observed_any_more_is_not_derived_ten_seconds_after_the_plan(bool later)
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "I like tea");
        var step = await PlanAsync(engine);
        await engine.Core.Peers.GetOrCreateAsync(Tenant, "alice", null, Json("""{"observe_me":false}"""), Cancel);
        if (later)
            engine.Time.Advance(TimeSpan.FromSeconds(10));
        await engine.Core.Runner.RunAsync(step, Cancel);
        Assert.Equal(later ? 0 : 1, (await engine.KnownAsync("alice", "alice")).Count);

        await engine.SayAsync("s", "alice", "I like rain");
        await engine.DrainAsync();
        Assert.DoesNotContain("alice: I like rain", await engine.KnownAsync("alice", "alice"));
    }

    [Fact]
    public async Task A_purge_that_was_overtaken_takes_nothing_from_a_session_that_was_begun_anew()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "Old");
        await engine.DrainAsync();
        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);
        using var slow = await SessionHold.TakeAsync(engine.Core.Store, Talk, SessionHold.Holding.Deleted, engine.Time, Cancel);
        var entries = await EntriesAsync(engine);
        // As if it were another process: those of one wait for each other.
        slow!.Dispose();

        await engine.DrainAsync();
        await engine.Core.Sessions.GetOrCreateAsync(Tenant, "s", Json("""{"life":2}"""), null, null, null, Cancel);
        await engine.SayAsync("s", "alice", "New");
        Document[] there = [.. await AllAsync(engine, "message"), .. await AllAsync(engine, "member"), .. await EntriesAsync(engine)];

        await OvertakenAsync(() => slow.RemoveAsync([.. there.Select(document => document.Id).Distinct()], Cancel));
        await OvertakenAsync(() => slow.RemoveElsewhereAsync(there, Cancel));
        await OvertakenAsync(() => slow.RemoveElsewhereAsync(entries, Cancel));
        await OvertakenAsync(() => slow.FreeAsync(Cancel));
        await OvertakenAsync(() => slow.DemandAsync(Cancel));

        Assert.Equal(there.Select(document => document.ETag), [.. (await AllAsync(engine, "message")).Concat(await AllAsync(engine, "member")).Concat(await EntriesAsync(engine)).Select(document => document.ETag)]);
        Assert.Equal("""{"life":2}""", (await engine.Core.Sessions.FindAsync(Tenant, "s", Cancel))!.Metadata.GetRawText());
        Assert.Null(await SessionHold.TakeAsync(engine.Core.Store, Talk, SessionHold.Holding.WhateverIsLeft, engine.Time, Cancel));
    }

    /// <summary>What is stored of a time is a microsecond exact, what a process remembers is more.</summary>
    [Fact]
    public async Task A_deleted_session_is_listed_no_more_by_the_process_that_made_it()
    {
        await using var engine = new TestEngine();
        engine.Time.Advance(TimeSpan.FromTicks(3));
        await engine.Core.Sessions.GetOrCreateAsync(Tenant, "s", null, null, null, null, Cancel);
        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);
        Assert.Equal(0, (await engine.Core.Sessions.ListAsync(Tenant, new Paging(), null, Cancel)).Total);
    }

    [Fact]
    public async Task While_the_rest_of_a_session_is_removed_nobody_begins_it_anew()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("t", "alice", "Another one");
        using (var hold = await SessionHold.TakeAsync(engine.Core.Store, Talk, SessionHold.Holding.WhateverIsLeft, engine.Time, Cancel))
        {
            var refused = await Assert.ThrowsAsync<KithException>(() => engine.SayAsync("s", "alice", "Too soon"));
            Assert.Equal(ErrorCode.NotFound, refused.Code);
            await hold!.FreeAsync(Cancel);
        }

        await engine.SayAsync("s", "alice", "Now");
        Assert.Equal(1, (await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(), null, Cancel)).Total);
    }

    private static async Task OvertakenAsync(Func<Task> call) => Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<KithException>(call)).Code);

    /// <summary>Happens once, while the reasoner thinks.</summary>
    private static void During(ScriptedReasoner reasoner, Func<Task> happens) => reasoner.Reads = turn =>
    {
        reasoner.Reads = other => other.Content;
        happens().GetAwaiter().GetResult();
        return turn.Content;
    };

    private static async Task DeleteAsync(TestEngine engine)
    {
        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);
        await engine.WorkAsync(Talk);
    }

    private static async Task<WorkStep> PlanAsync(TestEngine engine) => (await engine.Core.Planner.PlanAsync(Talk, Cancel)).OfType<WorkStep.Derive>().Single();

    private static async Task DeriveAsync(TestEngine engine) => await engine.Core.Runner.RunAsync(await PlanAsync(engine), Cancel);

    private static async Task<IReadOnlyList<Document>> AllAsync(TestEngine engine, string type) => await engine.Core.Store.AllAsync(Talk, new Query(type), Cancel).ToListAsync(Cancel);

    /// <summary>The directory's copies.</summary>
    private static async Task<IReadOnlyList<Document>> EntriesAsync(TestEngine engine) =>
    [
        .. await engine.Core.Store.AllAsync(Partition.Directory(Tenant, "$sessions"), new Query("session"), Cancel).ToListAsync(Cancel),
        .. await engine.Core.Store.AllAsync(Partition.Directory(Tenant, "alice"), new Query("membership"), Cancel).ToListAsync(Cancel),
    ];
}
