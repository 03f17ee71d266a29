using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

public sealed class SummariserTests
{
    /// <summary>Some 2,000 tokens: twenty of them are read in three pieces.</summary>
    private static readonly string _long = string.Join(' ', Enumerable.Repeat("word", 2000));

    [Fact]
    public async Task A_long_window_is_summarised_in_pieces_that_are_put_together_in_order()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(1, 20).Select(i => $"{_long} m{i}")]);
        await engine.DrainAsync();

        var pieces = engine.Reasoner.Summaries.Where(request => request.Turns.Count > 0).OrderBy(request => request.Turns[0].Content[^3..], StringComparer.Ordinal).ToArray();
        var whole = Assert.Single(engine.Reasoner.Summaries, request => request.Parts.Count > 0);
        Assert.Equal(3, pieces.Length);
        Assert.All(pieces, piece => Assert.Null(piece.Previous));
        Assert.Equal(20, pieces.Sum(piece => piece.Turns.Count));
        Assert.Equal(["m8", "m16", "m20"], whole.Parts.Select(part => part[(part.LastIndexOf(' ') + 1)..]));

        var made = (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!;
        Assert.Equal(20, made.Through);
        Assert.StartsWith("[", made.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_a_long_window_goes_on_from_its_summary_in_one_call()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(1, 20).Select(i => $"{_long} m{i}")]);
        await engine.DrainAsync();
        var first = (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!.Content;
        engine.Reasoner.Summaries.Clear();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(21, 20).Select(i => $"m{i}")]);
        await engine.DrainAsync();

        var next = Assert.Single(engine.Reasoner.Summaries);
        Assert.Equal((first, 20, 0), (next.Previous, next.Turns.Count, next.Parts.Count));
    }
}
