using Kith.Core.Memory;
using Kith.Core.Rebuilding;
using Kith.Core.Recall;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>A changed embedding model: everything is embedded again in the background, and until then vectors of two models are never mixed.</summary>
public sealed class EmbeddingModelTests
{
    [Fact]
    public async Task Until_everything_is_embedded_again_messages_are_found_by_text_alone_and_then_by_both()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "the harbour opens at nine", "I keep bees");
        await engine.DrainAsync();
        await engine.RestartAsync(new HashedEmbedder(64));
        await engine.Core.EmbeddingModels.NoticeAsync(Cancel);

        var during = await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel);
        var known = await engine.Core.Conclusions.QueryAsync(Tenant, "a", "a", "bees", 10, 0.5, null, Clocks.Now, Cancel);
        await engine.DrainAsync();
        var after = await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour opens at nine"), Cancel);

        Assert.Equal((true, "the harbour opens at nine", null), (during.IsTextOnly, during.Items[0].Message.Content, during.Items[0].Hit.VectorRank));
        Assert.Equal(["a: I keep bees"], known.Items.Select(match => match.Conclusion.Content));
        Assert.Equal((false, 1), (after.IsTextOnly, after.Items[0].Hit.VectorRank));
        Assert.Equal("hashed-1-64", (await engine.Core.Workspaces.FindAsync(Tenant, Cancel))!.EmbeddingModel);
        Assert.NotNull(await DistanceAsync(engine, "bees"));
    }

    [Fact]
    public async Task A_workspace_that_was_made_with_the_model_is_not_embedded_again()
    {
        await using var engine = new TestEngine();
        await engine.Core.EmbeddingModels.NoticeAsync(Cancel);
        await engine.SayAsync("s", "a", "the harbour opens at nine");
        await engine.DrainAsync();
        await engine.RestartAsync();
        await engine.Core.EmbeddingModels.NoticeAsync(Cancel);
        await engine.DrainAsync();

        Assert.Empty((await engine.Core.Rebuilds.ListAsync(Tenant, new Paging(), Cancel)).Items);
        Assert.False((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel)).IsTextOnly);
    }

    [Fact]
    public async Task A_death_in_the_middle_is_resumed_without_being_noticed_again()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 60).Select(i => $"harbour {i}")]);
        await engine.SayAsync("t", "a", "I keep bees");
        await engine.DrainAsync();
        var other = new HashedEmbedder(64);
        await engine.RestartAsync(other);
        await engine.Core.EmbeddingModels.NoticeAsync(Cancel);
        for (var i = 0; i < 4; i++)
        {
            foreach (var due in await engine.Core.Store.DueAsync(null, engine.Time.GetUtcNow(), 10, Cancel))
            {
                foreach (var step in await engine.Core.Planner.PlanAsync(due.Partition, Cancel))
                    await engine.Core.Runner.RunAsync(step, Cancel);
            }

            await engine.RestartAsync();
        }

        Assert.Equal(RebuildState.Running, Assert.Single((await engine.Core.Rebuilds.ListAsync(Tenant, new Paging(), Cancel)).Items).State);
        Assert.True((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel)).IsTextOnly);
        await engine.DrainAsync();
        Assert.All((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel)).Items, match => Assert.NotNull(match.Hit.Distance));
    }

    [Fact]
    public async Task Going_back_to_the_first_model_in_the_middle_ends_with_its_vectors()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "the harbour opens at nine");
        await engine.DrainAsync();
        await engine.RestartAsync(new HashedEmbedder(64));
        await engine.Core.EmbeddingModels.NoticeAsync(Cancel);
        await engine.Core.Runner.RunAsync(Assert.Single(await engine.Core.Planner.PlanAsync(EmbeddingModels.Place, Cancel)), Cancel);
        var job = Partition.Work(Tenant, Assert.Single((await engine.Core.Rebuilds.ListAsync(Tenant, new Paging(), Cancel)).Items).Id);
        for (var i = 0; i < 3; i++)
            await engine.Core.Runner.RunAsync(Assert.Single(await engine.Core.Planner.PlanAsync(job, Cancel)), Cancel);
        await engine.RestartAsync(new HashedEmbedder());
        await engine.Core.EmbeddingModels.NoticeAsync(Cancel);
        await engine.DrainAsync();

        var found = await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel);
        Assert.Equal((false, 1), (found.IsTextOnly, found.Items[0].Hit.VectorRank));
    }

    [Fact]
    public async Task While_the_new_model_does_not_answer_search_goes_on_by_text_and_nothing_is_lost()
    {
        await using var engine = new TestEngine(embedder: new HashedEmbedder(64));
        await engine.SayAsync("s", "a", "the harbour opens at nine");
        await engine.DrainAsync();
        var brittle = new BrittleEmbedder { IsDown = true };
        await engine.RestartAsync(brittle);
        await engine.Core.EmbeddingModels.NoticeAsync(Cancel);

        await Assert.ThrowsAsync<KithException>(engine.DrainAsync);
        Assert.Equal("the harbour opens at nine", (await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel)).Items[0].Message.Content);
        brittle.IsDown = false;
        await engine.DrainAsync();
        Assert.False((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour"), Cancel)).IsTextOnly);
    }

    private static async Task<double?> DistanceAsync(TestEngine engine, string text)
    {
        var embedder = engine.Core.Embedder;
        var vector = (await embedder.EmbedAsync(Tenant, [text], Cancel))[0];
        var query = new RecallQuery(new RecallScope { Workspace = Tenant, Kind = RecallKind.Conclusion }) { Text = text, Model = embedder.Model, Vector = vector };
        return (await engine.Index.SearchAsync(query, Cancel))[0].Distance;
    }
}
