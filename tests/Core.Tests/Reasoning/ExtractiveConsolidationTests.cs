using System.Diagnostics;
using Kith.Core.Reasoning;

namespace Kith.Core.Tests.Reasoning;

public sealed class ExtractiveConsolidationTests
{
    private static readonly DateTimeOffset Said = new(2023, 5, 8, 12, 0, 0, TimeSpan.Zero);

    private static readonly ExtractiveReasoner Reasoner = new(text => text.Length / 4);

    [Fact]
    public async Task The_same_words_are_merged_into_the_oldest()
    {
        var result = await Consolidate("alice loves hiking in the Alps.", "alice keeps bees.", "Alice loves hiking, in the alps");
        var merge = Assert.Single(result.Merges);
        Assert.Equal("c0", merge.KeptId);
        Assert.Equal(["c2"], merge.DuplicateIds);
    }

    [Fact]
    public async Task The_richer_of_two_near_duplicates_is_kept()
    {
        var result = await Consolidate("alice repaired the red engine, boat, pump and sail of uncle Tom.", "alice repaired the red engine, boat, pump and sail of her uncle Tom yesterday.");
        Assert.Equal("c1", Assert.Single(result.Merges).KeptId);
    }

    [Theory]
    [InlineData("alice paid 20 crowns for the red lamp in Oslo.", "alice paid 30 crowns for the red lamp in Oslo.")]
    [InlineData("alice likes the cold sea in Oslo in winter.", "alice does not like the cold sea in Oslo in winter.")]
    [InlineData("alice lives in Oslo.", "alice lives in Bergen.")]
    public async Task Statements_that_differ_in_number_negation_or_place_stay_apart(string one, string other) =>
        Assert.Empty((await Consolidate(one, other)).Merges);

    [Fact]
    public async Task What_is_said_on_three_days_becomes_a_pattern_with_all_its_sources()
    {
        var result = await Reasoner.ConsolidateAsync(new ConsolidationRequest("w", "alice", "alice",
        [
            Conclusion(0, "alice practised cello in the garden.", Said),
            Conclusion(1, "alice keeps bees.", Said),
            Conclusion(2, "alice practised cello with Bob.", Said.AddDays(3)),
            Conclusion(3, "alice practised cello until midnight.", Said.AddDays(9)),
        ]), TestContext.Current.CancellationToken);
        var pattern = Assert.Single(result.Patterns);
        Assert.Equal("alice practised cello: said 3 times, most recently on 2023-05-17.", pattern.Content);
        Assert.Equal(["c0", "c2", "c3"], pattern.SourceIds);
    }

    [Fact]
    public async Task A_pattern_goes_on_counting_when_its_statements_were_merged()
    {
        var merged = Conclusion(0, "alice practised cello.", Said.AddDays(9)) with { MessageIds = ["m1", "m2", "m3"] };
        var known = new RecalledConclusion("p", "alice practised cello: said 3 times, most recently on 2023-05-17.", "inductive", Said.AddDays(9), null, [], 0, null);
        var result = await Reasoner.ConsolidateAsync(
            new ConsolidationRequest("w", "alice", "alice", [merged, known, Conclusion(4, "alice practised cello with Ann.", Said.AddDays(12))]),
            TestContext.Current.CancellationToken);
        var pattern = Assert.Single(result.Patterns);
        Assert.Equal("alice practised cello: said 4 times, most recently on 2023-05-20.", pattern.Content);
        Assert.Equal(["c0", "c4"], pattern.SourceIds);
    }

    [Fact]
    public async Task Values_of_a_slot_follow_each_other_by_date()
    {
        var result = await Reasoner.ConsolidateAsync(new ConsolidationRequest("w", "alice", "alice",
        [
            Conclusion(0, "alice lives in Rome.", Said.AddDays(2)) with { Slot = "home" },
            Conclusion(1, "alice lives in Oslo.", Said) with { Slot = "home" },
            Conclusion(2, "alice is a nurse.", Said) with { Slot = "job" },
            Conclusion(3, "alice moved to Bergen in 2022.", Said.AddDays(1)) with { Slot = "home", ValidFrom = Said.AddYears(-1) },
            Conclusion(4, "alice moved to Hull in 2021.", Said.AddDays(1)) with { Slot = "home", ValidFrom = Said.AddYears(-2) },
        ]), TestContext.Current.CancellationToken);
        Assert.Equal([("c1", "c4"), ("c4", "c3"), ("c3", "c0")], result.Supersessions.Select(step => (step.OlderId, step.NewerId)));
    }

    [Fact]
    public async Task The_end_of_something_supersedes_it_and_a_plain_denial_contradicts_it()
    {
        var result = await Reasoner.ConsolidateAsync(new ConsolidationRequest("w", "alice", "alice",
        [
            Conclusion(0, "alice likes black tea.", Said),
            Conclusion(1, "alice no longer likes black tea.", Said.AddDays(1)),
            Conclusion(2, "alice eats red meat.", Said),
            Conclusion(3, "alice does not eat red meat.", Said.AddDays(1)),
        ]), TestContext.Current.CancellationToken);
        Assert.Equal([("c0", "c1")], result.Supersessions.Select(step => (step.OlderId, step.NewerId)));
        Assert.Equal([("c2", "c3")], result.Contradictions.Select(both => (both.OneId, both.OtherId)));
    }

    [Fact]
    public async Task A_report_of_many_is_not_merged_with_what_it_rests_on() =>
        Assert.Empty((await Reasoner.ConsolidateAsync(new ConsolidationRequest("w", "alice", "alice",
        [
            Conclusion(0, "alice repairs old boats.", Said),
            Conclusion(1, "alice repairs old boats.", Said) with { Level = "inductive" },
        ]), TestContext.Current.CancellationToken)).Merges);

    [Fact]
    public async Task Repetition_on_one_day_is_no_pattern() =>
        Assert.Empty((await Consolidate("alice practised cello in bed.", "alice practised cello in town.", "alice practised cello in church.")).Patterns);

    [Fact]
    public async Task Ten_thousand_conclusions_are_consolidated_in_seconds()
    {
        var started = Stopwatch.GetTimestamp();
        await Consolidate([.. Enumerable.Range(0, 10_000).Select(i => $"alice visited village {i} near the river {i % 97} with friend {i % 13}.")]);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    private static Task<Consolidation> Consolidate(params string[] contents) =>
        Reasoner.ConsolidateAsync(new ConsolidationRequest("w", "alice", "alice", [.. contents.Select((content, i) => Conclusion(i, content, Said))]), TestContext.Current.CancellationToken);

    private static RecalledConclusion Conclusion(int i, string content, DateTimeOffset said) => new($"c{i}", content, "explicit", said, "s", [$"m{i}"], 0, null);
}
