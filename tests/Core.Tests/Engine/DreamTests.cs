using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using Kith.Core.Work;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>When dreams happen, what they do, and what is told of them (spec honcho-engine §8, golden case 12).</summary>
public sealed class DreamTests
{
    private static readonly Partition Pair = Partition.Memory(Tenant, "a", "a");

    private static readonly DreamOptions Standard = new();

    [Fact]
    public async Task Forty_nine_conclusions_call_for_no_dream()
    {
        await using var engine = await LearnedAsync(49);
        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.WorkAsync(Pair);

        Assert.Equal(0, engine.Reasoner.Consolidations);
        Assert.Equal(49, (await HistoryAsync(engine)).Conclusions);
        Assert.Null((await HistoryAsync(engine)).DueAt);
    }

    [Fact]
    public async Task Fifty_conclusions_call_for_a_dream_after_an_idle_hour_also_after_a_restart()
    {
        await using var engine = await LearnedAsync(50);
        engine.Time.Advance(Standard.Idle - TimeSpan.FromMinutes(5));
        await engine.WorkAsync(Pair);
        Assert.Equal(0, engine.Reasoner.Consolidations);
        await engine.RestartAsync();
        engine.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains(await engine.Core.Store.DueAsync(Tenant, engine.Time.GetUtcNow(), 10, Cancel), due => due.Partition == Pair);
        await engine.WorkAsync(Pair);

        Assert.Equal(1, engine.Reasoner.Consolidations);
        var history = await HistoryAsync(engine);
        Assert.Equal((0, null, null, null), (history.Conclusions, history.WaitingSince, history.DueAt, history.RunningSince));
        Assert.Equal((DreamTrigger.Automatic, DreamOutcome.Completed), (history.Runs[0].Trigger, history.Runs[0].Outcome));
    }

    [Fact]
    public async Task Each_new_conclusion_restarts_the_hour_and_none_delays_the_dream_beyond_six()
    {
        await using var engine = await LearnedAsync(50);
        var enough = engine.Time.GetUtcNow();
        for (var i = 0; i < 7 && engine.Reasoner.Consolidations == 0; i++)
        {
            engine.Time.Advance(TimeSpan.FromMinutes(55));
            await engine.WorkAsync(Pair);
            Assert.Equal(0, engine.Reasoner.Consolidations * (i < 6 ? 1 : 0));
            await LearnAsync(engine, 1, $"later-{i}");
            await engine.WorkAsync(Pair);
        }

        Assert.Equal(1, engine.Reasoner.Consolidations);
        Assert.InRange(engine.Time.GetUtcNow() - enough, Standard.MaxWait, Standard.MaxWait + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Many_conclusions_do_not_wait_for_an_idle_pair()
    {
        await using var engine = await LearnedAsync(9, new DreamOptions { Threshold = 5, Most = 10 });
        await engine.WorkAsync(Pair);
        Assert.Equal(0, engine.Reasoner.Consolidations);
        await LearnAsync(engine, 1, "tenth");
        await engine.WorkAsync(Pair);

        Assert.Equal(1, engine.Reasoner.Consolidations);
    }

    [Fact]
    public async Task A_second_dream_comes_eight_hours_after_the_first_at_the_earliest()
    {
        await using var engine = await LearnedAsync(50);
        engine.Time.Advance(Standard.Idle);
        await engine.WorkAsync(Pair);
        await LearnAsync(engine, 50, "second");
        engine.Time.Advance(Standard.MinInterval - TimeSpan.FromMinutes(30));
        await engine.WorkAsync(Pair);
        Assert.Equal(1, engine.Reasoner.Consolidations);

        engine.Time.Advance(TimeSpan.FromMinutes(30));
        await engine.WorkAsync(Pair);
        Assert.Equal(2, engine.Reasoner.Consolidations);
    }

    [Fact]
    public async Task A_dream_that_is_asked_for_comes_at_once_and_always()
    {
        await using var engine = await LearnedAsync(1);
        for (var i = 1; i <= 3; i++)
        {
            await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
            await engine.WorkAsync(Pair);
            Assert.Equal(i, engine.Reasoner.Consolidations);
        }

        Assert.All((await HistoryAsync(engine)).Runs, run => Assert.Equal(DreamTrigger.Manual, run.Trigger));
    }

    [Fact]
    public async Task What_people_write_counts_and_repeats_do_not()
    {
        await using var engine = await LearnedAsync(10);
        await engine.Core.Conclusions.CreateAsync(Tenant, [new("a", "a", "a keeps bees", null)], Cancel);
        await engine.SayAsync("s", "a", "fact first-0 happened");
        await engine.DrainAsync();

        Assert.Equal(11, (await HistoryAsync(engine)).Conclusions);
    }

    [Fact]
    public async Task Better_words_for_what_is_known_do_not_count()
    {
        await using var engine = new TestEngine();
        const string poor = "I went to the old lighthouse by the northern sea with my brother Karl and his two dogs last summer and we stayed there for three whole weeks";
        await engine.SayAsync("s", "a", poor);
        await engine.DrainAsync();
        await engine.SayAsync("s", "a", poor + " happily");
        await engine.DrainAsync();

        Assert.EndsWith("happily", Assert.Single(await AllAsync(engine)).Content, StringComparison.Ordinal);
        Assert.Equal(1, (await HistoryAsync(engine)).Conclusions);
    }

    [Fact]
    public async Task A_scope_does_not_dream()
    {
        await using var engine = await LearnedAsync(1);
        await engine.Core.Scopes.GetOrCreateAsync(Tenant, "x", null, Cancel);
        await engine.Core.Conclusions.CreateAsync(Tenant, [.. Enumerable.Range(0, 50).Select(i => new NewConclusion("scope.x", "a", $"fact {i}", null))], Cancel);

        var history = await engine.Core.Dreams.HistoryAsync(Tenant, "scope.x", "a", Cancel);
        Assert.Equal((0, null), (history.Conclusions, history.DueAt));
    }

    [Fact]
    public async Task Nothing_is_miscounted_when_many_sessions_teach_a_pair_at_once()
    {
        await using var engine = new TestEngine();
        var sessions = Enumerable.Range(0, 8).Select(i => $"s{i}").ToArray();
        foreach (var session in sessions)
            await engine.SayAsync(session, "a", [.. Enumerable.Range(0, 5).Select(i => $"fact {session}-{i} happened")]);
        await Task.WhenAll(sessions.Select(session => engine.WorkAsync(Partition.Conversation(Tenant, session))));

        Assert.Equal((40, 40), ((await HistoryAsync(engine)).Conclusions, (await AllAsync(engine)).Count));
    }

    [Fact]
    public async Task A_workspace_with_dreams_off_does_not_dream_and_does_not_keep_the_worker_busy()
    {
        await using var engine = await LearnedAsync(50);
        await engine.Core.Workspaces.UpdateAsync(Tenant, null, Json("""{"dream":{"enabled":false}}"""), Cancel);
        engine.Time.Advance(Standard.Idle);
        await engine.WorkAsync(Pair);
        Assert.Equal(0, engine.Reasoner.Consolidations);
        Assert.DoesNotContain(await engine.Core.Store.DueAsync(Tenant, engine.Time.GetUtcNow() + TimeSpan.FromHours(1), 10, Cancel), due => due.Partition == Pair);

        await engine.Core.Workspaces.UpdateAsync(Tenant, null, Json("""{"dream":{"enabled":true}}"""), Cancel);
        engine.Time.Advance(Standard.MinInterval);
        await engine.WorkAsync(Pair);
        Assert.Equal(1, engine.Reasoner.Consolidations);
    }

    [Fact]
    public async Task What_waits_to_be_idle_is_not_pending_and_what_is_due_is()
    {
        await using var engine = await LearnedAsync(50);
        var waiting = (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units;
        Assert.Equal((0, 0), (waiting.Pending, waiting.InProgress));
        engine.Time.Advance(Standard.Idle);
        var due = (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units;
        Assert.Equal(1, due.Pending);

        WorkUnits? during = null;
        engine.Reasoner.Dream = async (_, _) =>
        {
            during = (await engine.Core.Queues.StatusAsync(Tenant, "a", null, null, Cancel)).Units;
            return new Consolidation([], []);
        };
        await engine.WorkAsync(Pair);
        Assert.Equal((1, 0), (during!.InProgress, during.Pending));
        var after = (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units;
        Assert.Equal((waiting.Completed + 1, 0, 0), (after.Completed, after.Pending, after.InProgress));
    }

    [Fact]
    public async Task Two_processes_do_not_dream_the_same_at_once_and_a_dead_one_is_taken_over_after_its_lease()
    {
        var dreams = new DreamOptions { Heartbeat = TimeSpan.FromHours(1) };
        await using var engine = await LearnedAsync(1, dreams);
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        var other = engine.Beside();
        var (begun, taken) = (new TaskCompletionSource(), new TaskCompletionSource());
        engine.Reasoner.Dream = async (_, _) =>
        {
            begun.TrySetResult();
            await taken.Task;
            return new Consolidation([], []);
        };
        var first = engine.WorkAsync(Pair);
        await begun.Task;
        Assert.Empty(await other.Planner.PlanAsync(Pair, Cancel));
        await other.Runner.RunAsync(new WorkStep.Consolidate(Pair), Cancel);
        Assert.Equal(1, engine.Reasoner.Consolidations);
        Assert.NotNull((await HistoryAsync(engine)).RunningSince);

        engine.Time.Advance(dreams.Lease);
        var second = other.Runner.RunAsync(Assert.Single(await other.Planner.PlanAsync(Pair, Cancel)), Cancel);
        taken.SetResult();
        await Task.WhenAll(Tolerate(first), Tolerate(second));

        Assert.Equal(DreamOutcome.Completed, Assert.Single((await HistoryAsync(engine)).Runs).Outcome);

        static async Task Tolerate(Task run)
        {
            try
            {
                await run;
            }
            catch (KithException overtaken) when (overtaken.Code == ErrorCode.Unavailable)
            {
            }
        }
    }

    [Fact]
    public async Task A_run_shows_signs_of_life_and_stops_when_it_was_taken_over()
    {
        await using var engine = await LearnedAsync(1, new DreamOptions { Heartbeat = TimeSpan.FromMilliseconds(20) });
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        engine.Reasoner.Dream = async (_, cancellation) =>
        {
            var begun = (await StateAsync(engine)).Run!;
            while ((await StateAsync(engine)).Run!.HeartbeatAt == begun.HeartbeatAt)
                await Task.Delay(10, Cancel);
            await engine.Core.Store.ChangeAsync(Pair, Memory.Dream.Id, DocumentJson.Default.Dream, dream => dream! with { Run = dream.Run! with { Owner = "another" } }, Cancel);
            await Task.Delay(Timeout.Infinite, cancellation);
            return new Consolidation([], []);
        };
        await engine.Core.Runner.RunAsync(new WorkStep.Consolidate(Pair), Cancel);

        Assert.Equal("another", (await StateAsync(engine)).Run!.Owner);
    }

    [Fact]
    public async Task An_outage_of_the_model_leaves_the_run_to_be_tried_again_at_once()
    {
        await using var engine = await LearnedAsync(1);
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        engine.Reasoner.Dream = (_, _) => throw new KithException(ErrorCode.Unavailable, "down");
        await Assert.ThrowsAsync<KithException>(() => engine.WorkAsync(Pair));
        engine.Reasoner.Dream = null;
        await engine.WorkAsync(Pair);

        Assert.Equal(DreamOutcome.Completed, Assert.Single((await HistoryAsync(engine)).Runs).Outcome);
    }

    [Fact]
    public async Task A_dream_that_is_refused_for_good_is_recorded_and_not_tried_again()
    {
        await using var engine = await LearnedAsync(50);
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        engine.Reasoner.Dream = (_, _) => throw new KithException(ErrorCode.Invalid, "refused");
        var step = Assert.Single(await engine.Core.Planner.PlanAsync(Pair, Cancel));
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Runner.RunAsync(step, Cancel));
        Assert.True(await engine.Core.Runner.SkipAsync(step, "refused", Cancel));

        Assert.Empty(await engine.Core.Planner.PlanAsync(Pair, Cancel));
        Assert.Equal(1, await engine.Core.Store.CountAsync(Partition.WholeWorkspace(Container.Work, Tenant), new Query("failedStep"), Cancel));
        var history = await HistoryAsync(engine);
        Assert.Equal((50, "refused", DreamOutcome.Failed), (history.Conclusions, history.Runs[0].Error, history.Runs[0].Outcome));
        var status = (await engine.Core.Queues.StatusAsync(Tenant, null, null, null, Cancel)).Units;
        Assert.Equal((1, 0, 0), (status.Failed, status.Pending, status.InProgress));

        engine.Reasoner.Dream = null;
        engine.Time.Advance(Standard.MinInterval);
        await engine.WorkAsync(Pair);
        Assert.Equal(DreamOutcome.Completed, (await HistoryAsync(engine)).Runs[0].Outcome);
    }

    [Fact]
    public async Task A_run_tells_what_it_did_and_what_it_cost_and_twenty_are_kept()
    {
        await using var engine = await LearnedAsync(6);
        var ids = (await AllAsync(engine)).Select(conclusion => conclusion.Id).ToArray();
        engine.Reasoner.Consolidation = new Consolidation([new(ids[0], [ids[1]])], [new("a does things", [ids[0], ids[1], ids[2]])])
        {
            Supersessions = [new(ids[2], ids[3])],
            Contradictions = [new(ids[4], ids[5], "They exclude each other.")],
            Usage = new ReasoningUsage(1, 900, 80),
        };
        await DreamAsync(engine);
        var run = Assert.Single((await HistoryAsync(engine)).Runs);
        Assert.Equal((new DreamTally(1, 1, 1, 1), new ReasoningUsage(1, 900, 80), "scripted"), (run.Changes, run.Usage, run.Reasoner));
        Assert.True(run.EndedAt > run.CreatedAt);

        engine.Reasoner.Consolidation = new Consolidation([], []);
        for (var i = 0; i < 22; i++)
            await DreamAsync(engine);
        var runs = (await HistoryAsync(engine)).Runs;
        Assert.Equal(20, runs.Count);
        Assert.Equal(runs.OrderByDescending(kept => kept.CreatedAt).Select(kept => kept.Id), runs.Select(kept => kept.Id));
        Assert.Equal(20, await engine.Core.Store.CountAsync(Pair, new Query(DreamRun.DocumentType), Cancel));
        Assert.Equal(0, await engine.Core.Store.CountAsync(Pair, new Query(DreamAnswer.DocumentType), Cancel));
    }

    [Fact]
    public async Task A_supersession_closes_the_older_and_links_both()
    {
        await using var engine = await LearnedAsync(2);
        var (older, newer) = await TwoAsync(engine);
        engine.Reasoner.Consolidation = new Consolidation([], []) { Supersessions = [new(older.Id, newer.Id)] };
        await DreamAsync(engine);

        var all = await AllAsync(engine);
        Assert.Equal((newer.SaidAt, newer.Id), (all[0].ValidTo, all[0].SupersededBy));
        Assert.Equal([older.Id], all[1].Supersedes);
        Assert.Equal([newer.Content], await engine.KnownAsync("a", "a"));
        Assert.Equal([newer.Content], (await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", "fact happened", 10, null, null, Clocks.Now, Cancel)).Items.Select(found => found.Conclusion.Content));
    }

    [Fact]
    public async Task What_a_person_holds_on_to_is_not_superseded()
    {
        await using var engine = await LearnedAsync(2);
        var (older, newer) = await TwoAsync(engine);
        await engine.Core.Conclusions.PinAsync(Tenant, older.Id, pinned: true, Cancel);
        engine.Reasoner.Consolidation = new Consolidation([], []) { Supersessions = [new(older.Id, newer.Id)] };
        await DreamAsync(engine);

        Assert.Equal(2, (await engine.KnownAsync("a", "a")).Count);
        Assert.Equal(new DreamTally(), (await HistoryAsync(engine)).Runs[0].Changes);
    }

    [Fact]
    public async Task A_supersession_against_the_dates_is_dropped()
    {
        await using var engine = await LearnedAsync(2);
        var (older, newer) = await TwoAsync(engine);
        engine.Reasoner.Consolidation = new Consolidation([], []) { Supersessions = [new(newer.Id, older.Id)] };
        await DreamAsync(engine);

        Assert.Equal(2, (await engine.KnownAsync("a", "a")).Count);
    }

    [Fact]
    public async Task A_contradiction_is_reported_once_with_its_reason()
    {
        await using var engine = await LearnedAsync(2);
        var (older, newer) = await TwoAsync(engine);
        engine.Reasoner.Consolidation = new Consolidation([], []) { Contradictions = [new(newer.Id, older.Id, "Only one can be.")] };
        await DreamAsync(engine);
        await DreamAsync(engine);

        var report = Assert.Single(await AllAsync(engine), conclusion => conclusion.Level == "contradiction");
        Assert.EndsWith(": Only one can be.", report.Content, StringComparison.Ordinal);
        Assert.Equal([older.Id, newer.Id], report.SourceIds);
        Assert.Equal([0, 1], (await HistoryAsync(engine)).Runs.Select(run => run.Changes.Contradictions));
    }

    [Fact]
    public async Task A_pattern_counts_its_evidence_anew_and_stays_one()
    {
        await using var engine = await LearnedAsync(5);
        var ids = (await AllAsync(engine)).Select(conclusion => conclusion.Id).ToArray();
        engine.Reasoner.Consolidation = new Consolidation([], [new("a: often", ids[..3]) { Key = "often" }]);
        await DreamAsync(engine);
        Assert.Equal((3, "medium"), Evidence(await PatternAsync(engine)));

        engine.Reasoner.Consolidation = new Consolidation([new(ids[0], [ids[1]])], [new("a: very often", ids) { Key = "often" }]);
        await DreamAsync(engine);
        var pattern = await PatternAsync(engine);
        Assert.Equal("a: very often", pattern.Content);
        Assert.Equal((5, "high"), Evidence(pattern));
        Assert.DoesNotContain(ids[1], pattern.SourceIds);
        Assert.Equal(5, pattern.MessageIds.Count);

        static (int, string) Evidence(Conclusion conclusion) => (conclusion.Evidence!.Value, Confidence.Of(conclusion.Evidence.Value));
    }

    [Fact]
    public async Task A_merge_takes_along_what_cites_the_duplicate()
    {
        await using var engine = await LearnedAsync(3);
        var ids = (await AllAsync(engine)).Select(conclusion => conclusion.Id).ToArray();
        engine.Reasoner.Consolidation = new Consolidation([], [new("a: twice", [ids[1], ids[2]])]);
        await DreamAsync(engine);
        engine.Reasoner.Consolidation = new Consolidation([new(ids[0], [ids[1]])], []);
        await DreamAsync(engine);

        Assert.Equal([ids[0], ids[2]], (await PatternAsync(engine)).SourceIds);
    }

    [Fact]
    public async Task The_card_loses_lines_whose_conclusions_do_not_hold_any_more()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "[home] lives in Berlin", "[job] is a nurse");
        await engine.DrainAsync();
        var all = await AllAsync(engine);
        engine.Reasoner.Consolidation = new Consolidation([], []) { Supersessions = [new(all[0].Id, all[1].Id)] };
        await DreamAsync(engine);

        Assert.Equal(["IDENTITY: a: is a nurse"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
        Assert.Equal(1, (await HistoryAsync(engine)).Runs[0].CardEntries);
    }

    [Fact]
    public async Task Without_a_model_values_that_came_in_the_wrong_order_are_put_right()
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => text.Length / 4));
        await engine.SayAsync("s", "a", "I live in Berlin.");
        await engine.SayAsync("t", "a", "I live in Rome.");
        await engine.DrainAsync();
        var berlin = Assert.Single(await AllAsync(engine), conclusion => conclusion.Content.Contains("Berlin", StringComparison.Ordinal));
        var rome = Assert.Single(await AllAsync(engine), conclusion => conclusion.Content.Contains("Rome", StringComparison.Ordinal));
        await PutAsync(engine, berlin with { ValidTo = null, ClosedAt = null, SupersededBy = null });
        await PutAsync(engine, rome with { Supersedes = [] });
        Assert.Equal(2, (await engine.KnownAsync("a", "a")).Count);
        await DreamAsync(engine);

        Assert.Equal([rome.Content], await engine.KnownAsync("a", "a"));
        Assert.Equal((1, ReasoningUsage.None), ((await HistoryAsync(engine)).Runs[0].Changes.Superseded, (await HistoryAsync(engine)).Runs[0].Usage));
    }

    [Fact]
    public async Task Nothing_is_dreamt_of_a_workspace_that_is_gone()
    {
        await using var engine = await LearnedAsync(50);
        engine.Time.Advance(Standard.Idle);
        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);
        await engine.WorkAsync(Partition.Conversation(Tenant, "s"));
        await engine.Core.Workspaces.DeleteAsync(Tenant, Cancel);
        await engine.WorkAsync(Pair);

        Assert.Equal(0, engine.Reasoner.Consolidations);
        Assert.Null(await engine.Core.Store.ReadAsync(Pair, Dream.Id, Cancel));
    }

    private static async Task<TestEngine> LearnedAsync(int conclusions, DreamOptions? dreams = null)
    {
        var engine = new TestEngine(dreams: dreams);
        await LearnAsync(engine, conclusions, "first");
        return engine;
    }

    private static async Task LearnAsync(TestEngine engine, int conclusions, string name)
    {
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, conclusions).Select(i => $"fact {name}-{i} happened")]);
        await engine.WorkAsync(Partition.Conversation(Tenant, "s"));
    }

    private static async Task DreamAsync(TestEngine engine)
    {
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        await engine.WorkAsync(Pair);
    }

    private static Task<DreamHistory> HistoryAsync(TestEngine engine) => engine.Core.Dreams.HistoryAsync(Tenant, "a", "a", Cancel);

    private static async Task<Dream> StateAsync(TestEngine engine) => (await engine.Core.Store.FindAsync(Pair, Dream.Id, DocumentJson.Default.Dream, Cancel))!;

    private static async Task<IReadOnlyList<Conclusion>> AllAsync(TestEngine engine) =>
        (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(Size: 100, Reverse: true), null, Cancel)).Items;

    private static async Task<(Conclusion Older, Conclusion Newer)> TwoAsync(TestEngine engine)
    {
        var all = await AllAsync(engine);
        var newer = all[1] with { SaidAt = all[1].SaidAt.AddHours(1) };
        await PutAsync(engine, newer);
        return (all[0], newer);
    }

    private static async Task<Conclusion> PatternAsync(TestEngine engine) => Assert.Single(await AllAsync(engine), conclusion => conclusion.Level == "inductive");

    private static Task PutAsync(TestEngine engine, Conclusion conclusion) =>
        engine.Core.Store.PutAsync(Pair, conclusion.Id, conclusion, DocumentJson.Default.Conclusion, Cancel);
}
