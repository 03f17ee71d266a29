using Kith.Core.Answers;
using Kith.Core.Conversations;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What a reasoner may look up for one question, and how far (spec honcho-engine §7.4 and §7.5).</summary>
public sealed class ChatToolTests
{
    [Fact]
    public async Task A_message_that_is_found_comes_with_two_before_and_after_it_and_overlaps_are_one_excerpt()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "one", "two", "the harbour is old", "four", "the harbour is deep", "six", "seven", "eight", "nine", "ten", "eleven", "a harbour far away");

        var found = await AskAsync(engine, new ToolRequest.GrepMessages("harbour", 10));

        Assert.Equal(
            [["one", "two", "the harbour is old", "four", "the harbour is deep", "six", "seven"], ["ten", "eleven", "a harbour far away"]],
            Texts(found).OrderByDescending(excerpt => excerpt.Length));
    }

    [Fact]
    public async Task A_search_brings_the_excerpt_of_the_best_hit_first()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "a boat", "it sank");
        await engine.SayAsync("t", "a", "look at that", "the blue boat of my uncle", "it floats");
        await engine.DrainAsync();

        var found = await AskAsync(engine, new ToolRequest.SearchMessages("blue boat uncle", 10) { Around = 1 });

        Assert.Equal([["look at that", "the blue boat of my uncle", "it floats"], ["a boat", "it sank"]], Texts(found));
    }

    [Theory]
    [InlineData("ARBOU")]
    [InlineData("c-137")]
    [InlineData("at nine (sharp)")]
    public async Task A_text_is_found_in_any_case_within_words_and_across_them(string text)
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "unit C-137 opens the Harbour at nine (sharp)", "I keep bees");
        await engine.DrainAsync();

        var found = await AskAsync(engine, new ToolRequest.GrepMessages(text, 10));

        Assert.Equal(["unit C-137 opens the Harbour at nine (sharp)", "I keep bees"], Assert.Single(Texts(found)));
    }

    [Fact]
    public async Task Nothing_is_found_for_a_text_that_no_message_holds()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "the harbour", "was old");

        Assert.Empty((await AskAsync(engine, new ToolRequest.GrepMessages("harbour was", 10))).Excerpts);
    }

    [Fact]
    public async Task A_stretch_of_time_is_told_in_order_over_all_sessions()
    {
        await using var engine = new TestEngine();
        await SayOnAsync(engine, "t", 3, "third");
        await SayOnAsync(engine, "s", 1, "first");
        await SayOnAsync(engine, "s", 2, "second");
        await SayOnAsync(engine, "s", 4, "fourth");

        Assert.Equal(["second", "third"], Flat(await AskAsync(engine, new ToolRequest.MessagesByDate(Day(2), Day(4), 20))));
        Assert.Equal(["second", "third"], Flat(await AskAsync(engine, new ToolRequest.MessagesByDate(Day(2), null, 2))));
        Assert.Equal(["second", "third"], Flat(await AskAsync(engine, new ToolRequest.MessagesByDate(null, Day(4), 2))));
        Assert.Equal(["third", "fourth"], Flat(await AskAsync(engine, new ToolRequest.MessagesByDate(null, null, 2))));
    }

    [Fact]
    public async Task A_search_of_a_stretch_of_time_finds_nothing_outside_it()
    {
        await using var engine = new TestEngine();
        foreach (var day in Enumerable.Range(1, 9))
            await SayOnAsync(engine, $"s{day}", day, $"the tide on day {day}");
        await engine.DrainAsync();

        var found = await AskAsync(engine, new ToolRequest.SearchMessagesByDate("tide", Day(3), Day(5), 10));

        Assert.Equal(["the tide on day 3", "the tide on day 4"], Flat(found).Order());
    }

    [Fact]
    public async Task The_context_of_a_conclusion_is_its_messages_with_those_around_them_in_their_session()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "b", "who are you?");
        await engine.SayAsync("s", "a", "I keep bees");
        await engine.SayAsync("s", "b", "how many?");
        await engine.SayAsync("t", "b", "elsewhere?");
        await engine.DrainAsync();
        var bees = (await AskAsync(engine, new ToolRequest.SearchMemory("bees", 1))).Conclusions[0];

        var found = await AskAsync(engine, new ToolRequest.ConclusionContext(bees.Id));

        Assert.Equal(["who are you?", "I keep bees", "how many?"], Assert.Single(Texts(found)));
        Assert.Contains(found.Excerpts[0], message => message.Id == bees.MessageIds.Single());
    }

    [Fact]
    public async Task The_chain_of_a_conclusion_names_sources_what_was_derived_and_what_took_whose_place()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "[home] lives in Rome");
        await engine.DrainAsync();
        await engine.SayAsync("s", "a", "[home] lives in Oslo");
        await engine.DrainAsync();
        var rome = (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(1, 50, false), null, Cancel)).Items.Single(conclusion => conclusion.Content.EndsWith("Rome", StringComparison.Ordinal));
        var oslo = (await AskAsync(engine, new ToolRequest.SearchMemory("Oslo", 1))).Conclusions[0];
        await engine.Core.Store.PutAsync(Partition.Memory(Tenant, "a", "a"), "pattern", Pattern(oslo.Id), DocumentJson.Default.Conclusion, Cancel);

        var ofOslo = await AskAsync(engine, new ToolRequest.ReasoningChain(oslo.Id));
        var ofRome = await AskAsync(engine, new ToolRequest.ReasoningChain(rome.Id));
        var ofPattern = await AskAsync(engine, new ToolRequest.ReasoningChain("pattern"));

        Assert.Equal([(ConclusionLink.Derived, "pattern"), (ConclusionLink.Superseded, rome.Id)], ofOslo.Conclusions.Select(linked => (linked.Link!.Value, linked.Id)));
        Assert.Equal(["[home] lives in Oslo"], Flat(ofOslo));
        Assert.Equal([(ConclusionLink.Superseding, oslo.Id)], ofRome.Conclusions.Select(linked => (linked.Link!.Value, linked.Id)));
        Assert.Equal([(ConclusionLink.Source, oslo.Id)], ofPattern.Conclusions.Select(linked => (linked.Link!.Value, linked.Id)));
    }

    [Fact]
    public async Task The_context_of_a_pattern_is_the_messages_of_what_it_was_worked_out_from()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I keep bees");
        await engine.DrainAsync();
        var bees = (await AskAsync(engine, new ToolRequest.SearchMemory("bees", 1))).Conclusions[0];
        await engine.Core.Store.PutAsync(Partition.Memory(Tenant, "a", "a"), "pattern", Pattern(bees.Id), DocumentJson.Default.Conclusion, Cancel);

        Assert.Equal(["I keep bees"], Flat(await AskAsync(engine, new ToolRequest.ConclusionContext("pattern"))));
    }

    [Fact]
    public async Task Messages_of_sessions_that_the_observer_was_never_in_are_out_of_reach_of_every_tool()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("open", "a", "my bees are well");
        await engine.SayAsync("closed", "b", "the bees of b are ill");
        await engine.DrainAsync();

        Assert.All(
            await AllAsync(engine, new ChatRequest(Tenant, "a", "?")),
            found => Assert.DoesNotContain("the bees of b are ill", Flat(found)));
    }

    [Fact]
    public async Task An_allowlist_shows_only_its_sessions_of_those_that_the_observer_is_in_and_no_chains()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("mine", "a", "my bees are well");
        await engine.SayAsync("other", "a", "my bees are elsewhere");
        await engine.SayAsync("closed", "b", "the bees of b are ill");
        await engine.DrainAsync();
        var request = new ChatRequest(Tenant, "a", "?") { Sessions = ["mine", "closed"] };

        Assert.False((await engine.Core.Chats.AskAsync(request, Cancel)).Tools.OffersChains);
        Assert.Equal(
            ["my bees are well"],
            (await AllAsync(engine, request)).SelectMany(Flat).Distinct());
    }

    [Fact]
    public async Task A_question_in_a_session_sees_the_messages_of_that_session()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "my bees are well");
        await engine.SayAsync("t", "a", "my bees are elsewhere");
        await engine.DrainAsync();

        var found = await AllAsync(engine, new ChatRequest(Tenant, "a", "?") { Session = "s" }, ofConclusions: false);

        Assert.Equal(["my bees are well"], found.SelectMany(Flat).Distinct());
    }

    [Fact]
    public async Task Looking_back_shows_nothing_that_was_said_or_known_later()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "[home] lives in Rome");
        await engine.DrainAsync();
        engine.Time.Advance(TimeSpan.FromDays(1));
        var then = engine.Time.GetUtcNow();
        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.SayAsync("s", "a", "[home] lives in Oslo");
        await engine.DrainAsync();
        var request = new ChatRequest(Tenant, "a", "?") { Clocks = new Clocks(AsOf: then) };

        var tools = (await engine.Core.Chats.AskAsync(request, Cancel)).Tools;
        var rome = await tools.RunAsync(new ToolRequest.SearchMemory("lives", 10), Cancel);
        var chain = await tools.RunAsync(new ToolRequest.ReasoningChain(Assert.Single(rome.Conclusions).Id), Cancel);
        var found = await Task.WhenAll(
            tools.RunAsync(new ToolRequest.GrepMessages("lives", 10), Cancel),
            tools.RunAsync(new ToolRequest.MessagesByDate(null, null, 20), Cancel),
            tools.RunAsync(new ToolRequest.SearchMessagesByDate("lives", null, then.AddDays(5), 10), Cancel),
            tools.RunAsync(new ToolRequest.ConclusionContext(rome.Conclusions[0].Id), Cancel));

        Assert.Empty(chain.Conclusions);
        Assert.All(found, one => Assert.Equal(["[home] lives in Rome"], Flat(one)));
    }

    [Fact]
    public async Task What_was_retracted_comes_back_by_no_tool_and_what_was_superseded_by_those_that_look_at_the_past()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "[home] lives in Rome", "[job] bakes bread");
        await engine.DrainAsync();
        await engine.SayAsync("s", "a", "[home] lives in Oslo");
        await engine.DrainAsync();
        var bread = (await AskAsync(engine, new ToolRequest.SearchMemory("bread", 1))).Conclusions[0];
        await engine.Core.Conclusions.RetractAsync(Tenant, bread.Id, Cancel);

        Assert.Equal(["[home] lives in Oslo"], Flat(await AskAsync(engine, new ToolRequest.GrepMessages("i", 10))));
        Assert.Equal(["[home] lives in Rome", "[home] lives in Oslo"], Flat(await AskAsync(engine, new ToolRequest.MessagesByDate(null, null, 20))));
        Assert.Empty((await AskAsync(engine, new ToolRequest.ConclusionContext(bread.Id))).Excerpts);
    }

    [Fact]
    public async Task Every_look_is_evidence()
    {
        await using var engine = new TestEngine();
        var tools = (await engine.Core.Chats.AskAsync(new ChatRequest(Tenant, "a", "?"), Cancel)).Tools;

        await tools.RunAsync(new ToolRequest.MessagesByDate(Day(2), null, 20), Cancel);
        await tools.RunAsync(new ToolRequest.ReasoningChain("unknown"), Cancel);

        Assert.Equal(
            ["""get_messages_by_date_range {"from":"2026-04-02T00:00:00.000000Z","to":null,"limit":20}""", """get_reasoning_chain {"conclusion_id":"unknown"}"""],
            tools.Calls.Select(call => $"{call.Tool} {call.Input.ToJsonString()}"));
    }

    private static DateTimeOffset Day(int day) => new(2026, 4, day, 0, 0, 0, TimeSpan.Zero);

    private static Task SayOnAsync(TestEngine engine, string session, int day, string text) =>
        engine.Core.Messages.AppendAsync(Tenant, session, [new NewMessage("a", text) { CreatedAt = Day(day).AddHours(9) }], Cancel);

    private static Conclusion Pattern(string source) => new()
    {
        Id = "pattern",
        WorkspaceId = Tenant,
        Observer = "a",
        Observed = "a",
        Content = "a pattern",
        Level = "inductive",
        Origin = "inferred",
        CreatedAt = Day(9),
        SaidAt = Day(9),
        SourceIds = [source],
    };

    private static async Task<Found> AskAsync(TestEngine engine, ToolRequest request) =>
        await (await engine.Core.Chats.AskAsync(new ChatRequest(Tenant, "a", "?"), Cancel)).Tools.RunAsync(request, Cancel);

    /// <summary>What every tool that shows messages brings for one question, with the contexts of all conclusions.</summary>
    private static async Task<IReadOnlyList<Found>> AllAsync(TestEngine engine, ChatRequest request, bool ofConclusions = true)
    {
        var tools = (await engine.Core.Chats.AskAsync(request, Cancel)).Tools;
        var held = await engine.Core.Conclusions.ListAsync(Tenant, new Paging(1, 50, false), null, Cancel);
        IEnumerable<ToolRequest> requests =
        [
            new ToolRequest.SearchMessages("bees", 20) { Around = 2 },
            new ToolRequest.GrepMessages("bees", 20),
            new ToolRequest.GrepMessages("ees", 20),
            new ToolRequest.MessagesByDate(null, null, 20),
            new ToolRequest.SearchMessagesByDate("bees", Day(1), null, 20),
            .. ofConclusions ? held.Items.Select(conclusion => new ToolRequest.ConclusionContext(conclusion.Id)) : [],
            .. ofConclusions ? held.Items.Select(conclusion => new ToolRequest.ReasoningChain(conclusion.Id)) : [],
        ];
        return await Task.WhenAll(requests.Select(each => tools.RunAsync(each, Cancel)));
    }

    private static string[][] Texts(Found found) => [.. found.Excerpts.Select(excerpt => excerpt.Select(message => message.Content).ToArray())];

    private static IEnumerable<string> Flat(Found found) => Texts(found).SelectMany(excerpt => excerpt);
}
