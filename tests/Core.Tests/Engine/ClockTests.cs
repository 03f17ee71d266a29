using Kith.Core.Answers;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What was true when, what was known when, and what people change about it (design: "Facts have two clocks").</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task Asking_as_of_before_the_move_says_Berlin()
    {
        await using var engine = new TestEngine();
        var moved = await MoveAsync(engine);

        var before = new Clocks(AsOf: moved.AddDays(-1));
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, before));
        Assert.Equal(["a: lives in Berlin"], await RecallAsync(engine, "lives", before));
        Assert.Equal("a: lives in Berlin", await AskAsync(engine, "lives", before));
        Assert.Equal(["a: lives in Rome"], await RecallAsync(engine, "lives", Clocks.Now));
        Assert.Equal(["a: lives in Rome"], await RecallAsync(engine, "lives", new Clocks(AsOf: moved.AddDays(1))));
        Assert.Equal("a: lives in Rome", await AskAsync(engine, "lives", Clocks.Now));
    }

    [Theory]
    [InlineData("I moved from Berlin to Rome in May 2023.")]
    [InlineData("I moved from Berlin to Rome in March 2023.")]
    public async Task A_superseded_home_is_not_quoted_from_the_message_that_told_it(string told)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => text.Length / 4));
        await engine.SayAsync("s", "alice", told);
        await engine.DrainAsync();
        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.SayAsync("s", "alice", "I moved to Oslo.");
        await engine.DrainAsync();

        var answer = await engine.Core.Chats.AskAsync(new ChatRequest(Tenant, "alice", "Where does alice live?"), Cancel);
        var text = new System.Text.StringBuilder();
        await foreach (var part in answer.Parts)
            text.Append((part as AnswerPart.Text)?.Content);

        Assert.Contains("moved to Oslo", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Rome", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_took_the_place_of_what_is_linked_both_ways()
    {
        await using var engine = new TestEngine();
        await MoveAsync(engine);

        var (berlin, rome) = (await OneAsync(engine, "Berlin"), await OneAsync(engine, "Rome"));
        Assert.Equal((rome.Id, rome.SaidAt), (berlin.SupersededBy!, berlin.ValidTo!.Value));
        Assert.Equal([berlin.Id], rome.Supersedes);
        Assert.Equal([berlin.Id, rome.Id], (await engine.Core.Conclusions.HistoryAsync(Tenant, rome.Id, Cancel)).Select(conclusion => conclusion.Id));
    }

    [Fact]
    public async Task What_was_not_known_yet_is_not_seen_from_then()
    {
        await using var engine = new TestEngine();
        var past = engine.Time.GetUtcNow().AddYears(-2);
        await SayAsync(engine, "s", "[home] lives in Berlin", past);
        var known = engine.Time.GetUtcNow();
        engine.Time.Advance(TimeSpan.FromDays(10));
        await SayAsync(engine, "t", "[home] lives in Rome", past.AddYears(1));

        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, new Clocks(KnownAt: known)));
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, new Clocks(AsOf: past.AddMonths(18), KnownAt: known)));
        Assert.Equal(["a: lives in Rome"], await KnownAsync(engine, new Clocks(AsOf: past.AddMonths(18))));
    }

    [Fact]
    public async Task Moving_back_begins_a_time_of_its_own()
    {
        await using var engine = new TestEngine();
        var moved = await MoveAsync(engine);
        engine.Time.Advance(TimeSpan.FromDays(30));
        await SayAsync(engine, "s", "[home] lives in Berlin");

        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, Clocks.Now));
        Assert.Equal(["a: lives in Rome"], await KnownAsync(engine, new Clocks(AsOf: moved.AddDays(1))));
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, new Clocks(AsOf: moved.AddDays(-1))));
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_what_was_wrong_from_the_start()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        var wrong = await OneAsync(engine, "Berlin");
        engine.Time.Advance(TimeSpan.FromDays(1));
        var before = engine.Time.GetUtcNow();
        var corrected = await engine.Core.Conclusions.CorrectAsync(Tenant, wrong.Id, "a lives in Bern", Cancel);

        Assert.Equal((Origins.Human, "home", wrong.SaidAt), (corrected.Origin, corrected.Slot, corrected.ValidFrom!.Value));
        Assert.Equal(["a lives in Bern"], await KnownAsync(engine, Clocks.Now));
        Assert.Equal(["a lives in Bern"], await RecallAsync(engine, "lives", new Clocks(AsOf: before)));
        Assert.Equal(["a: lives in Berlin"], await RecallAsync(engine, "lives", new Clocks(KnownAt: before)));
        Assert.Equal(["IDENTITY: a lives in Bern"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
        Assert.Equal([wrong.Id, corrected.Id], (await engine.Core.Conclusions.HistoryAsync(Tenant, corrected.Id, Cancel)).Select(conclusion => conclusion.Id));
    }

    [Fact]
    public async Task What_was_corrected_cannot_be_corrected_again()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        var wrong = await OneAsync(engine, "Berlin");
        await engine.Core.Conclusions.CorrectAsync(Tenant, wrong.Id, "a lives in Bern", Cancel);

        var refusal = await Assert.ThrowsAsync<KithException>(() => engine.Core.Conclusions.CorrectAsync(Tenant, wrong.Id, "a lives in Bonn", Cancel));
        Assert.Equal(ErrorCode.Conflict, refusal.Code);
    }

    [Fact]
    public async Task A_correction_outranks_what_is_said_later()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        await engine.Core.Conclusions.CorrectAsync(Tenant, (await OneAsync(engine, "Berlin")).Id, "a lives in Bern", Cancel);
        await SayAsync(engine, "s", "[home] lives in Berlin");
        await SayAsync(engine, "t", "[home] lives in Rome");

        Assert.Equal(["a lives in Bern"], await KnownAsync(engine, Clocks.Now));
        Assert.Equal(["IDENTITY: a lives in Bern"], await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
    }

    [Fact]
    public async Task A_pinned_conclusion_outranks_what_is_said_later_until_it_is_let_go()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        var pinned = await engine.Core.Conclusions.PinAsync(Tenant, (await OneAsync(engine, "Berlin")).Id, pinned: true, Cancel);
        await SayAsync(engine, "t", "[home] lives in Rome");
        Assert.Equal(["a: lives in Berlin"], await KnownAsync(engine, Clocks.Now));

        await engine.Core.Conclusions.PinAsync(Tenant, pinned.Id, pinned: false, Cancel);
        await SayAsync(engine, "u", "[home] lives in Oslo");
        Assert.Equal(["a: lives in Oslo"], await KnownAsync(engine, Clocks.Now));
    }

    [Fact]
    public async Task A_dream_merges_others_into_what_people_hold_on_to()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "I fish");
        await SayAsync(engine, "t", "I fish");
        await SayAsync(engine, "u", "I fish");
        var all = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(Reverse: true), null, Cancel)).Items;
        await engine.Core.Conclusions.PinAsync(Tenant, all[1].Id, pinned: true, Cancel);
        engine.Reasoner.Consolidation = new Consolidation([new Consolidation.Merge(all[0].Id, [all[1].Id, all[2].Id])], []);
        await engine.Core.Dreams.ScheduleAsync(Tenant, "a", "a", rebuildCard: true, Cancel);
        await engine.DrainAsync();

        var left = Assert.Single((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items);
        Assert.Equal((all[1].Id, true, 3), (left.Id, left.Pinned, left.TimesDerived));
    }

    [Fact]
    public async Task What_was_retracted_is_kept_in_history_only()
    {
        await using var engine = new TestEngine();
        await SayAsync(engine, "s", "[home] lives in Berlin");
        var before = engine.Time.GetUtcNow();
        var id = (await OneAsync(engine, "Berlin")).Id;
        await engine.Core.Conclusions.RetractAsync(Tenant, id, Cancel);

        Assert.Empty(await KnownAsync(engine, Clocks.Now));
        Assert.Empty(await RecallAsync(engine, "lives", Clocks.Now));
        Assert.Empty(await RecallAsync(engine, "lives", new Clocks(AsOf: before)));
        Assert.Equal(["a: lives in Berlin"], await RecallAsync(engine, "lives", new Clocks(KnownAt: before)));
        Assert.Null(await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
        Assert.NotNull(Assert.Single(await engine.Core.Conclusions.HistoryAsync(Tenant, id, Cancel)).RetractedAt);
    }

    [Fact]
    public async Task What_was_retracted_is_not_derived_again_from_its_messages_but_from_new_ones()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        var steps = await engine.Core.Planner.PlanAsync(Partition.Conversation(Tenant, "s"), Cancel);
        await engine.DrainAsync();
        await engine.Core.Conclusions.RetractAsync(Tenant, (await OneAsync(engine, "fish")).Id, Cancel);
        foreach (var step in steps)
            await engine.Core.Runner.RunAsync(step, Cancel);
        Assert.Empty(await KnownAsync(engine, Clocks.Now));

        await SayAsync(engine, "s", "I fish");
        Assert.Equal(["a: I fish"], await KnownAsync(engine, Clocks.Now));
        await SayAsync(engine, "s", "I fish");
        Assert.Equal(["a: I fish"], await KnownAsync(engine, Clocks.Now));
    }

    [Theory]
    [InlineData("I like mushrooms", "I do not like mushrooms")]
    [InlineData("I don't eat fish", "I eat fish")]
    [InlineData("I like the old lighthouse by the northern sea with the two dogs and the red boats and the long grey beach", "I do not like the old lighthouse by the northern sea with the two dogs and the red boats and the long grey beach")]
    [InlineData("ich mag Pilze", "ich mag keine Pilze")]
    [InlineData("me gusta el café", "no me gusta el café")]
    [InlineData("j'aime le fromage", "je n'aime pas le fromage")]
    [InlineData("gosto de chá", "não gosto de chá")]
    public async Task A_denial_is_kept_beside_what_it_denies_and_reported(string first, string second)
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Speaker = false });
        await SayAsync(engine, "s", first);
        await SayAsync(engine, "s", second);

        var (one, other) = (await OneAsync(engine, first, whole: true), await OneAsync(engine, second, whole: true));
        Assert.Equal([other.Id], one.Contradicts);
        Assert.Equal([one.Id], other.Contradicts);
        var conclusions = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a"), Cancel);
        var report = Assert.Single(conclusions, conclusion => conclusion.Level == Levels.Contradiction);
        Assert.Equal(Origins.Inferred, report.Origin);
        Assert.Equal([one.Id, other.Id], report.SourceIds);
        var text = await engine.Core.Representations.RenderAsync(new RepresentationRequest(Tenant, "a", "a"), Cancel);
        Assert.Contains("## Contradictions", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I like mushrooms", "I like old mushrooms")]
    [InlineData("I like mushrooms", "I don't like oysters")]
    [InlineData("I ate breakfast", "I didn't eat breakfast")]
    [InlineData("I like mushrooms", "I would not like mushrooms")]
    public async Task Other_words_and_past_events_contradict_nothing(string first, string second)
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Speaker = false });
        await SayAsync(engine, "s", first);
        await SayAsync(engine, "t", second);

        Assert.DoesNotContain((await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items, conclusion => conclusion.Level == Levels.Contradiction);
    }

    [Theory]
    [InlineData("I like mushrooms", "I no longer like mushrooms")]
    [InlineData("ich mag Pilze", "ich mag keine Pilze mehr")]
    [InlineData("me gusta el café", "ya no me gusta el café")]
    [InlineData("j'aime le fromage", "je n'aime plus le fromage")]
    [InlineData("gosto de chá", "já não gosto de chá")]
    public async Task What_no_longer_holds_is_superseded(string first, string second)
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Speaker = false });
        await SayAsync(engine, "s", first);
        await SayAsync(engine, "t", second);

        Assert.Equal([second], await KnownAsync(engine, Clocks.Now));
        Assert.Equal((await OneAsync(engine, second, whole: true)).Id, (await OneAsync(engine, first, whole: true)).SupersededBy);
    }

    [Fact]
    public async Task A_contradiction_ends_when_one_side_is_retracted()
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Speaker = false });
        await SayAsync(engine, "s", "I like mushrooms");
        await SayAsync(engine, "t", "I do not like mushrooms");
        await engine.Core.Conclusions.RetractAsync(Tenant, (await OneAsync(engine, "I like mushrooms", whole: true)).Id, Cancel);

        Assert.Equal(["I do not like mushrooms"], await KnownAsync(engine, Clocks.Now));
    }

    [Fact]
    public async Task A_deleted_session_takes_the_contradictions_that_quote_it_along()
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Speaker = false });
        await SayAsync(engine, "s", "I like mushrooms");
        await SayAsync(engine, "t", "I do not like mushrooms");
        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);
        await engine.DrainAsync();

        Assert.Equal(["I do not like mushrooms"], await KnownAsync(engine, Clocks.Now));
    }

    /// <summary>From Berlin to Rome; returns when.</summary>
    private static async Task<DateTimeOffset> MoveAsync(TestEngine engine)
    {
        await SayAsync(engine, "s", "[home] lives in Berlin");
        engine.Time.Advance(TimeSpan.FromDays(100));
        var moved = engine.Time.GetUtcNow();
        await SayAsync(engine, "t", "[home] lives in Rome");
        engine.Time.Advance(TimeSpan.FromDays(100));
        return moved;
    }

    private static async Task SayAsync(TestEngine engine, string session, string text, DateTimeOffset? at = null)
    {
        await engine.Core.Messages.AppendAsync(Tenant, session, [new("a", text) { CreatedAt = at }], Cancel);
        await engine.DrainAsync();
    }

    private static async Task<Conclusion> OneAsync(TestEngine engine, string text, bool whole = false) => Assert.Single(
        (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items,
        conclusion => whole ? conclusion.Content == text : conclusion.Level == Levels.Explicit && conclusion.Content.Contains(text, StringComparison.Ordinal));

    private static async Task<IEnumerable<string>> KnownAsync(TestEngine engine, Clocks clocks) =>
        (await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a") { Clocks = clocks }, Cancel)).Select(conclusion => conclusion.Content);

    private static async Task<IEnumerable<string>> RecallAsync(TestEngine engine, string query, Clocks clocks) =>
        (await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", query, 10, null, null, clocks, Cancel)).Items.Select(match => match.Conclusion.Content);

    private static async Task<string> AskAsync(TestEngine engine, string question, Clocks clocks)
    {
        var answer = await engine.Core.Chats.AskAsync(new ChatRequest(Tenant, "a", question) { Clocks = clocks }, Cancel);
        var text = "";
        await foreach (var part in answer.Parts)
            text += (part as AnswerPart.Text)?.Content;
        return text;
    }
}
