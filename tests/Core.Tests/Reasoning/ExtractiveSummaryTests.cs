using Kith.Core.Reasoning;

namespace Kith.Core.Tests.Reasoning;

public sealed class ExtractiveSummaryTests
{
    private static readonly DateTimeOffset Said = new(2023, 5, 8, 12, 0, 0, TimeSpan.Zero);

    // One token per word: the reasoner only asks for a count.
    private static readonly ExtractiveReasoner Reasoner = new(Count);

    [Fact]
    public async Task A_summary_says_who_said_what_and_when_in_order()
    {
        var summary = await Summarise(null, 200, ("alice", "Hello! I sold the bakery in Ghent to my cousin."), ("bob", "How are you? The bakery in Ghent made the best bread."));
        Assert.Equal("2023-05-08 alice: I sold the bakery in Ghent to my cousin.\n2023-05-08 bob: The bakery in Ghent made the best bread.", summary);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(150)]
    public async Task A_summary_stays_within_its_tokens(int limit)
    {
        var turns = Enumerable.Range(0, 60).Select(i => ("alice", $"On tour stop {i} we played the old theatre of town number {i} for {i * 10} people.")).ToArray();
        var summary = await Summarise("2023-05-01 bob: I booked the whole tour for the band.", limit, turns);
        Assert.InRange(Count(summary!), 1, limit);
    }

    [Fact]
    public async Task The_previous_summary_keeps_its_most_important_lines_first()
    {
        var summary = await Summarise("2023-05-01 alice: I was born in Oslo in 1980.", 60, ("alice", "I repaired the engine of the boat."));
        Assert.Equal("2023-05-01 alice: I was born in Oslo in 1980.\n2023-05-08 alice: I repaired the engine of the boat.", summary);
    }

    [Fact]
    public async Task A_line_that_was_said_before_is_not_repeated()
    {
        var summary = await Summarise(null, 100, ("alice", "I repaired the engine of the boat."), ("alice", "I repaired the engine of the boat!"));
        Assert.Single(summary!.Split('\n'));
    }

    [Fact]
    public async Task A_first_line_longer_than_the_limit_is_cut_at_a_word()
    {
        var summary = await Summarise(null, 5, ("alice", "I repaired the engine of the boat with parts from an old tractor."));
        Assert.Equal("2023-05-08 alice: I repaired the", summary);
    }

    [Fact]
    public async Task Summaries_of_stretches_become_one_within_its_limit()
    {
        string[] parts = ["2023-05-01 alice: I was born in Oslo in 1980.\n2023-05-01 bob: The bus was late.", "2023-05-08 alice: I repaired the engine of the boat."];
        var summary = await Reasoner.SummariseAsync(new SummaryRequest("w", "s", null, [], 20) { Parts = parts }, TestContext.Current.CancellationToken);
        Assert.Equal("2023-05-01 alice: I was born in Oslo in 1980.\n2023-05-08 alice: I repaired the engine of the boat.", summary);
    }

    [Fact]
    public async Task Small_talk_alone_has_no_summary() => Assert.Null(await Summarise(null, 100, ("alice", "Hello!"), ("bob", "How are you?")));

    private static Task<string?> Summarise(string? previous, int limit, params (string Peer, string Text)[] turns) =>
        Reasoner.SummariseAsync(new SummaryRequest("w", "s", previous, [.. turns.Select((turn, i) => new Turn($"m{i}", turn.Peer, turn.Text, Said))], limit), TestContext.Current.CancellationToken);

    private static int Count(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
}
