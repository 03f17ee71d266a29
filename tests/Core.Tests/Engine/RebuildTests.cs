using System.Text;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Rebuilding;
using Kith.Core.Recall;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Projections are made anew from messages, and what people wrote stays (design: sentence 1).</summary>
public sealed class RebuildTests
{
    private static readonly Partition Pair = Partition.Memory(Tenant, "a", "a");

    [Fact]
    public async Task A_rebuild_with_the_same_reasoner_changes_nothing()
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => text.Length / 4));
        await engine.JoinAsync("s", "bob", new MemberSettings(ObserveOthers: true));
        await LiveAsync(engine);
        var before = await MemoryAsync(engine);

        await RebuildAsync(engine, new RebuildRequest(Tenant));

        Assert.Equal(before, await MemoryAsync(engine));
        Assert.Contains(before, document => document.Contains("\"supersededBy\"", StringComparison.Ordinal));
        Assert.Contains(before, document => document.Contains("\"retractedAt\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "alice")]
    [InlineData("t", null)]
    public async Task A_rebuild_of_a_part_changes_nothing_either(string? session, string? peer)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => text.Length / 4));
        await LiveAsync(engine);
        var before = await MemoryAsync(engine);

        await RebuildAsync(engine, new RebuildRequest(Tenant, Session: session, Peer: peer));

        Assert.Equal(before, await MemoryAsync(engine));
    }

    [Fact]
    public async Task A_rebuild_with_another_reasoner_equals_a_first_run_with_it()
    {
        // Told in two sessions by turns, so that no order of sessions is the order of what was told.
        (string Session, string Text)[] told =
        [
            ("s", "[home] lives in Berlin"), ("t", "[home] lives in Rome"), ("s", "[home] lives in Oslo"), ("t", "[job] sells boats"), ("s", "[home] lives in Bern"), ("t", "[job] builds boats"),
        ];
        await using var engine = new TestEngine(new ScriptedReasoner { Reads = turn => turn.Content.Contains("Oslo", StringComparison.Ordinal) ? null : turn.Content.Replace("Rome", "Parma", StringComparison.Ordinal) });
        await using var clean = new TestEngine();
        foreach (var each in new[] { engine, clean })
        {
            foreach (var (session, text) in told)
            {
                await each.SayAsync(session, "a", text);
                await each.DrainAsync();
                each.Time.Advance(TimeSpan.FromDays(1) - (each.Time.GetUtcNow() - each.Time.GetUtcNow().Date));
            }
        }

        engine.Reasoner.Reads = turn => turn.Content;
        await RebuildAsync(engine, new RebuildRequest(Tenant, Peer: "a"));

        Assert.Equal(await LinesAsync(clean), await LinesAsync(engine));
        Assert.Equal(
            (await clean.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel))!.Order(StringComparer.Ordinal),
            (await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel))!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_messages_do_not_say_any_more_goes_and_what_it_had_ended_is_true_again()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        await SayAsync(engine, "t", "[home] lives in Rome");
        engine.Reasoner.Reads = turn => turn.Content.Contains("Rome", StringComparison.Ordinal) ? "I like Rome" : turn.Content;

        await RebuildAsync(engine, new RebuildRequest(Tenant, Session: "t"));

        Assert.Equal(["a: lives in Berlin", "a: I like Rome"], await engine.KnownAsync("a", "a"));
        Assert.Equal(["IDENTITY: a: lives in Berlin"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
        Assert.Contains((await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", "Berlin", 5, null, null, Clocks.Now, Cancel)).Items, match => match.Conclusion.Content.EndsWith("Berlin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_person_rejected_does_not_come_back_in_other_words()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        await SayAsync(engine, "s", "[job] sells boats");
        await engine.Core.Conclusions.RetractAsync(Tenant, (await OneAsync(engine, "Berlin")).Id, Cancel);
        await engine.Core.Conclusions.CorrectAsync(Tenant, (await OneAsync(engine, "boats")).Id, "a builds boats", Cancel);
        engine.Reasoner.Reads = turn => turn.Content.Replace("lives in", "has made a home in the city of", StringComparison.Ordinal).Replace("sells", "makes a living of the sale of", StringComparison.Ordinal);

        await RebuildAsync(engine, new RebuildRequest(Tenant));

        Assert.Equal(["a builds boats"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task What_people_wrote_or_pinned_and_what_rests_on_messages_that_are_gone_stays()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        await SayAsync(engine, "s", "I swim");
        await engine.Core.Conclusions.CreateAsync(Tenant, [new("a", "a", "a keeps bees", "s")], Cancel);
        await engine.Core.Conclusions.PinAsync(Tenant, (await OneAsync(engine, "fish")).Id, pinned: true, Cancel);
        var expired = (await OneAsync(engine, "swim")) with { Id = "expired", Content = "a: was a sailor", MessageIds = ["gone"] };
        await engine.Core.Store.PutAsync(Pair, expired.Id, expired, DocumentJson.Default.Conclusion, Cancel);
        await engine.Core.PeerCards.SetAsync(Tenant, "a", "a", ["written by hand"], Cancel);
        engine.Reasoner.Reads = _ => null;

        await RebuildAsync(engine, new RebuildRequest(Tenant));

        Assert.Equal(["a keeps bees", "a: I fish", "a: was a sailor"], (await engine.KnownAsync("a", "a")).Order(StringComparer.Ordinal));
        Assert.Equal(["written by hand"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
    }

    [Fact]
    public async Task A_peers_rebuild_leaves_what_others_said_alone()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        await engine.SayAsync("s", "b", "I hunt");
        await engine.DrainAsync();
        var calls = engine.Reasoner.Derivations;
        engine.Reasoner.Reads = turn => turn.Content + " a lot";

        await RebuildAsync(engine, new RebuildRequest(Tenant, Peer: "a"));

        Assert.Equal(["a: I fish a lot"], await engine.KnownAsync("a", "a"));
        Assert.Equal(["b: I hunt"], await engine.KnownAsync("b", "b"));
        Assert.Equal(calls + 1, engine.Reasoner.Derivations);
    }

    [Fact]
    public async Task A_conclusion_merged_from_two_sessions_loses_only_what_the_one_does_not_say()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        await SayAsync(engine, "t", "I fish");
        var all = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(Reverse: true), null, Cancel)).Items;
        engine.Reasoner.Consolidation = new Consolidation([new Consolidation.Merge(all[0].Id, [all[1].Id])], []);
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        await engine.DrainAsync();
        engine.Reasoner.Reads = _ => null;

        await RebuildAsync(engine, new RebuildRequest(Tenant, Session: "t"));

        var left = await OneAsync(engine, "fish");
        Assert.Equal((all[0].MessageIds.Single(), 1), (left.MessageIds.Single(), left.TimesDerived));
    }

    [Fact]
    public async Task A_pattern_goes_with_its_sources_and_is_asked_for_again()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        await SayAsync(engine, "s", "I swim");
        var all = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items;
        engine.Reasoner.Consolidation = new Consolidation([], [new Consolidation.Pattern("a loves water", [all[0].Id, all[1].Id])]);
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: false, Cancel);
        await engine.DrainAsync();
        Assert.Contains("a loves water", await engine.KnownAsync("a", "a"));

        await RebuildAsync(engine, new RebuildRequest(Tenant));
        Assert.Contains("a loves water", await engine.KnownAsync("a", "a"));

        var dreams = (await engine.Core.Dreams.HistoryAsync(Tenant, "a", "a", Cancel)).Runs.Count;
        engine.Reasoner.Reads = turn => turn.Content.Contains("swim", StringComparison.Ordinal) ? null : turn.Content;
        await RebuildAsync(engine, new RebuildRequest(Tenant));
        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));
        Assert.Equal(dreams + 1, (await engine.Core.Dreams.HistoryAsync(Tenant, "a", "a", Cancel)).Runs.Count);
    }

    [Fact]
    public async Task A_death_after_any_piece_and_its_repeat_change_nothing_in_the_end()
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Reads = turn => turn.Content.Replace("Rome", "Parma", StringComparison.Ordinal) });
        await using var clean = new TestEngine();
        foreach (var each in new[] { engine, clean })
        {
            await SayAsync(each, "s", "[home] lives in Berlin");
            await SayAsync(each, "t", "[home] lives in Rome");
            await each.SayAsync("s", "a", [.. Enumerable.Range(0, 120).Select(i => $"fact {i} {new string('x', i)}")]);
            await each.DrainAsync();
        }

        engine.Reasoner.Reads = turn => turn.Content;
        var calls = engine.Reasoner.Derivations;
        var job = Partition.Work(Tenant, (await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant), Cancel)).Id);
        var pieces = 0;
        while (await engine.Core.Planner.PlanAsync(job, Cancel) is [var step])
        {
            var before = await engine.Core.Store.ReadAsync(job, Rebuild.DocumentId, Cancel);
            await engine.Core.Runner.RunAsync(step, Cancel);
            // The piece was done, its cursor never written.
            await engine.Core.Store.ExecuteAsync(job, [new Operation.Upsert(Rebuild.DocumentId, before!.Body)], Cancel);
            await engine.RestartAsync();
            await engine.Core.Runner.RunAsync(step, Cancel);
            pieces++;
        }

        await engine.DrainAsync();
        Assert.InRange(pieces, 9, 20);
        Assert.Equal(3, engine.Reasoner.Derivations - calls);
        Assert.Equal(await LinesAsync(clean), await LinesAsync(engine));
        Assert.Equal(0, await engine.Core.Store.CountAsync(job, new Query("confirmation"), Cancel));
        Assert.Equal(3, await engine.Core.Store.CountAsync(Partition.WholeWorkspace(Container.Conversations, Tenant), new Query("derivation"), Cancel));
    }

    [Fact]
    public async Task Messages_that_come_in_meanwhile_are_derived_once()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        var job = Partition.Work(Tenant, (await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant), Cancel)).Id);
        await RunOnceAsync(engine, job);
        await RunOnceAsync(engine, job);
        await engine.SayAsync("s", "a", "I swim");
        await engine.DrainAsync();

        Assert.Equal(["a: I fish", "a: I swim"], await engine.KnownAsync("a", "a"));
        Assert.All((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items, conclusion => Assert.Equal(1, conclusion.TimesDerived));
        Assert.Equal(3, engine.Reasoner.Derivations);
    }

    [Fact]
    public async Task Asking_again_returns_the_one_under_way_and_another_target_waits()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        var first = await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant), Cancel);
        await RunOnceAsync(engine, Partition.Work(Tenant, first.Id));
        engine.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant, [RebuildPart.Index]), Cancel);
        var other = await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant, Session: "s"), Cancel);
        await RunOnceAsync(engine, Partition.Work(Tenant, other.Id));

        Assert.Equal((first.Id, first.CreatedAt, RebuildState.Running), (again.Id, again.CreatedAt, again.State));
        Assert.Equal(RebuildState.Waiting, (await engine.Core.Rebuilds.FindAsync(Tenant, other.Id, Cancel))!.State);
        await engine.DrainAsync();
        Assert.All((await engine.Core.Rebuilds.ListAsync(Tenant, new Paging(), Cancel)).Items, rebuild => Assert.Equal(RebuildState.Completed, rebuild.State));
        var later = await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant), Cancel);
        Assert.Equal((first.Id, RebuildState.Waiting, 0), (later.Id, later.State, later.MessagesDone));
    }

    [Fact]
    public async Task Progress_counts_sessions_and_messages()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 80).Select(i => $"fact {i}?")]);
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 80).Select(i => $"fact {i}?")]);
        await engine.SayAsync("t", "a", "I fish");
        await engine.DrainAsync();
        var job = Partition.Work(Tenant, (await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant, [RebuildPart.Conclusions]), Cancel)).Id);

        var seen = new List<(long, long, long, long)>();
        while (await engine.Core.Planner.PlanAsync(job, Cancel) is { Count: > 0 })
        {
            var rebuild = await RunOnceAsync(engine, job);
            seen.Add((rebuild.SessionsDone, rebuild.SessionsTotal, rebuild.MessagesDone, rebuild.MessagesTotal));
        }

        Assert.Equal([(0, 2, 0, 161), (0, 2, 100, 161), (0, 2, 160, 161), (1, 2, 160, 161), (1, 2, 161, 161), (2, 2, 161, 161)], seen.Distinct());
    }

    [Fact]
    public async Task What_cannot_succeed_ends_the_rebuild_with_its_reason()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        var id = (await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant), Cancel)).Id;
        var step = Assert.Single(await engine.Core.Planner.PlanAsync(Partition.Work(Tenant, id), Cancel));
        Assert.True(await engine.Core.Runner.SkipAsync(step, "garbage", Cancel));

        var failed = (await engine.Core.Rebuilds.FindAsync(Tenant, id, Cancel))!;
        Assert.Equal((RebuildState.Failed, "garbage"), (failed.State, failed.Reason));
        Assert.Empty(await engine.Core.Planner.PlanAsync(Partition.Work(Tenant, id), Cancel));
        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task Summaries_are_made_anew_from_the_first_message_and_stay_until_then()
    {
        await using var engine = new TestEngine();
        for (var i = 0; i < 2; i++)
        {
            await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 20).Select(n => $"fact {n}?")]);
            await engine.DrainAsync();
        }

        await engine.Core.Rebuilds.StartAsync(new RebuildRequest(Tenant, [RebuildPart.Summaries]), Cancel);
        engine.Reasoner.Summaries.Clear();
        var before = (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!;
        await engine.DrainAsync();

        var (request, after) = (Assert.Single(engine.Reasoner.Summaries), (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!);
        Assert.Equal((null, 40), (request.Previous, request.Turns.Count));
        Assert.Equal((40, 40, "40 turns up to fact 19?"), (before.Through, after.Through, after.Content));
        Assert.NotEqual(before.Content, after.Content);
    }

    [Fact]
    public async Task The_index_is_written_anew_and_what_does_not_exist_is_removed_from_it()
    {
        await using var engine = new TestEngine();
        var said = await engine.SayAsync("s", "a", "the harbour opens at nine");
        await engine.DrainAsync();
        var known = await OneAsync(engine, "harbour");
        await engine.Index.DeleteWorkspaceAsync(Tenant, Cancel);
        await engine.Index.UpsertAsync(
            [
                new RecallEntry { Workspace = Tenant, Kind = RecallKind.Message, Id = "stale", Text = "harbour", Session = "s", CreatedAt = engine.Time.GetUtcNow() },
                new RecallEntry { Workspace = Tenant, Kind = RecallKind.Conclusion, Id = "stale", Text = "harbour", Observer = "a", Observed = "a", CreatedAt = engine.Time.GetUtcNow() },
            ],
            Cancel);

        await RebuildAsync(engine, new RebuildRequest(Tenant, [RebuildPart.Index]));

        Assert.Equal([said[0].Id], (await engine.Index.ListAsync(Tenant, RecallKind.Message, null, null, 10, Cancel)).Select(key => key.Id));
        Assert.Equal([known.Id], (await engine.Index.ListAsync(Tenant, RecallKind.Conclusion, null, null, 10, Cancel)).Select(key => key.Id));
        Assert.NotNull((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel)).Items[0].Hit.VectorRank);
    }

    [Fact]
    public async Task A_copied_session_does_not_derive_what_its_original_knows()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        var copy = await engine.Core.Sessions.CloneAsync(Tenant, "s", null, Cancel);
        await SayAsync(engine, copy.Name, "I swim");

        await RebuildAsync(engine, new RebuildRequest(Tenant));

        Assert.Equal(["a: I fish", "a: I swim"], await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task A_rebuild_of_what_does_not_exist_is_refused()
    {
        await using var engine = new TestEngine();
        foreach (var request in new[] { new RebuildRequest("nowhere"), new RebuildRequest(Tenant, Session: "nothing"), new RebuildRequest(Tenant, Peer: "nobody") })
        {
            var refusal = await Assert.ThrowsAsync<KithException>(() => engine.Core.Rebuilds.StartAsync(request, Cancel));
            Assert.Equal(ErrorCode.NotFound, refusal.Code);
            await engine.SayAsync("s", "a", "hello");
        }
    }

    /// <summary>Moves, repeats, denials and what people did about them, in two sessions by turns.</summary>
    private static async Task LiveAsync(TestEngine engine)
    {
        (string Session, string Peer, string Text)[] told =
        [
            ("s", "alice", "I live in Berlin. I like mushrooms."),
            ("t", "alice", "I moved to Rome."),
            ("s", "alice", "I like mushrooms. My sister Ann is a teacher."),
            ("s", "bob", "I work as a baker."),
            ("t", "alice", "I don't like mushrooms."),
            ("s", "alice", "I moved to Oslo. I have two dogs."),
            ("t", "alice", "My favourite colour is green."),
            ("t", "bob", "I work as a teacher now."),
        ];
        foreach (var (session, peer, text) in told)
        {
            await engine.SayAsync(session, peer, text);
            await engine.DrainAsync();
            engine.Time.Advance(TimeSpan.FromDays(1));
        }

        var all = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(Size: 100), null, Cancel)).Items;
        await engine.Core.Conclusions.RetractAsync(Tenant, all.First(conclusion => conclusion.Content.Contains("Oslo", StringComparison.Ordinal) && conclusion.IsCurrent).Id, Cancel);
        await engine.Core.Conclusions.CorrectAsync(Tenant, all.First(conclusion => conclusion.Content.Contains("green", StringComparison.Ordinal)).Id, "alice's favourite colour is blue", Cancel);
        await engine.Core.Conclusions.PinAsync(Tenant, all.First(conclusion => conclusion.Content.Contains("dogs", StringComparison.Ordinal)).Id, pinned: true, Cancel);
        await engine.DrainAsync();
        engine.Time.Advance(TimeSpan.FromDays(1));
    }

    private static async Task SayAsync(TestEngine engine, string session, string text)
    {
        await engine.SayAsync(session, "a", text);
        await engine.DrainAsync();
    }

    private static async Task RebuildAsync(TestEngine engine, RebuildRequest request)
    {
        var rebuild = await engine.Core.Rebuilds.StartAsync(request, Cancel);
        await engine.DrainAsync();
        Assert.Equal(RebuildState.Completed, (await engine.Core.Rebuilds.FindAsync(Tenant, rebuild.Id, Cancel))!.State);
    }

    private static async Task<Rebuild> RunOnceAsync(TestEngine engine, Partition job)
    {
        foreach (var step in await engine.Core.Planner.PlanAsync(job, Cancel))
            await engine.Core.Runner.RunAsync(step, Cancel);
        return (await engine.Core.Rebuilds.FindAsync(Tenant, job.Second!, Cancel))!;
    }

    /// <summary>Every conclusion and card as it is stored.</summary>
    private static async Task<IReadOnlyList<string>> MemoryAsync(TestEngine engine)
    {
        var documents = new List<string>();
        foreach (var type in new[] { "conclusion", "card" })
        {
            await foreach (var document in engine.Core.Store.AllAsync(Partition.WholeWorkspace(Container.Memory, Tenant), new Query(type), Cancel))
                documents.Add($"{document.Partition} {document.Id} {Encoding.UTF8.GetString(document.Body.Span)}");
        }

        return [.. documents.Order(StringComparer.Ordinal)];
    }

    /// <summary>What is known of the peer a, since when, until when and what took its place, without times of recording and ids of messages.</summary>
    private static async Task<IReadOnlyList<string>> LinesAsync(TestEngine engine)
    {
        var all = new List<Conclusion>();
        await foreach (var document in engine.Core.Store.AllAsync(Pair, new Query("conclusion"), Cancel))
            all.Add(document.As(DocumentJson.Default.Conclusion));
        return [.. all.Select(one => $"{one.Id} {one.Content} {one.Since:d} {one.ValidTo:d} {one.SupersededBy} {string.Join(' ', one.Supersedes.Order(StringComparer.Ordinal))} {one.TimesDerived} {one.MessageIds.Count}").Order(StringComparer.Ordinal)];
    }


    private static async Task<Conclusion> OneAsync(TestEngine engine, string text) => Assert.Single(
        (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items,
        conclusion => conclusion.Content.Contains(text, StringComparison.Ordinal));
}
