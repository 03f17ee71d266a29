using Kith.Core.Memory;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Recall while the embedding model does not answer (spec honcho-engine §15: degrade to text, never fail).</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Messages_are_found_by_text_alone_and_the_answer_says_so()
    {
        var embedder = new BrittleEmbedder();
        await using var engine = new TestEngine(embedder: embedder);
        await engine.SayAsync("s", "a", "the harbour opens at nine", "I keep bees");
        await engine.DrainAsync();
        var before = await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel);
        embedder.IsDown = true;

        var during = await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel);

        Assert.False(before.IsTextOnly);
        Assert.NotNull(before.Items[0].Hit.VectorRank);
        Assert.True(during.IsTextOnly);
        var found = during.Items[0];
        Assert.Equal(("the harbour opens at nine", 1, null), (found.Message.Content, found.Hit.TextRank, found.Hit.VectorRank));
    }

    [Fact]
    public async Task A_query_without_words_asks_for_no_vector_and_is_not_degraded()
    {
        await using var engine = new TestEngine(embedder: new BrittleEmbedder { IsDown = true });
        await engine.SayAsync("s", "a", "one", "two");

        var found = await engine.Core.MessageSearch.SearchAsync(new(Tenant, " "), Cancel);

        Assert.False(found.IsTextOnly);
        Assert.Equal(["two", "one"], found.Items.Select(match => match.Message.Content));
    }

    [Fact]
    public async Task Conclusions_within_a_distance_are_found_by_text_instead()
    {
        var embedder = new BrittleEmbedder();
        await using var engine = new TestEngine(embedder: embedder);
        await engine.SayAsync("s", "a", "I keep bees", "I like tea");
        await engine.DrainAsync();
        embedder.IsDown = true;

        var found = await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", "bees", 10, 0.5, null, Clocks.Now, Cancel);

        Assert.Equal(["a: I keep bees"], found.Items.Select(match => match.Conclusion.Content));
    }
}
