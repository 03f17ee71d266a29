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
        Assert.Equal("alice practised cello: said 3 times between 2023-05-08 and 2023-05-17.", pattern.Content);
        Assert.Equal(["c0", "c2", "c3"], pattern.SourceIds);
    }

    [Fact]
    public async Task Repetition_on_one_day_is_no_pattern() =>
        Assert.Empty((await Consolidate("alice practised cello in bed.", "alice practised cello in town.", "alice practised cello in church.")).Patterns);

    [Fact]
    public async Task Ten_thousand_conclusions_are_consolidated_in_seconds()
    {
        var started = Stopwatch.GetTimestamp();
        await Consolidate([.. Enumerable.Range(0, 10_000).Select(i => $"alice visited village {i} near the river {i % 97} with friend {i % 13}.")]);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static Task<Consolidation> Consolidate(params string[] contents) =>
        Reasoner.ConsolidateAsync(new ConsolidationRequest("w", "alice", "alice", [.. contents.Select((content, i) => Conclusion(i, content, Said))]), TestContext.Current.CancellationToken);

    private static RecalledConclusion Conclusion(int i, string content, DateTimeOffset said) => new($"c{i}", content, "explicit", said, "s", [$"m{i}"], 0, null);
}
