using Kith.Core.Memory;

namespace Kith.Compliance.Tests.Search;

/// <summary>What was just said is found although the index does not find it for seconds (design: Recall).</summary>
public sealed class SearchTailTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_found_before_it_is_indexed_while_the_index_lags_and_after()
    {
        await using var engine = await SearchEngine.StartAsync();
        var said = await engine.SayAsync("s", "the lantern fell");
        Assert.Equal([said[0].Id], (await engine.FindAsync("lantern")).Select(match => match.Message.Id));

        await engine.WorkAsync();
        Assert.Equal((1, 0), (engine.Server.Kept, engine.Server.Found));
        Assert.Equal([said[0].Id], (await engine.FindAsync("lantern")).Select(match => match.Message.Id));
        Assert.Equal([said[0].Id], (await engine.FindAsync("lantern", "s")).Select(match => match.Message.Id));
        Assert.Empty(await engine.FindAsync("lantern", "another"));

        engine.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, engine.Server.Found);
        Assert.Equal([said[0].Id], (await engine.FindAsync("lantern")).Select(match => match.Message.Id));

        engine.Time.Advance(TimeSpan.FromSeconds(60));
        var found = Assert.Single(await engine.FindAsync("the lantern fell"));
        Assert.NotNull(found.Hit.VectorRank);
    }

    [Fact]
    public async Task Messages_of_a_busy_session_are_each_found_once_at_any_time()
    {
        await using var engine = await SearchEngine.StartAsync();
        for (var said = 1; said <= 20; said++)
        {
            await engine.SayAsync("s", $"lantern {said}");
            if (said % 3 > 0)
                await engine.WorkAsync();
            var found = (await engine.FindAsync("lantern")).Select(match => match.Message.Sequence).Order();
            Assert.Equal(Enumerable.Range(1, said).Select(sequence => (long)sequence), found);
            engine.Time.Advance(TimeSpan.FromSeconds(3));
        }
    }

    [Fact]
    public async Task What_was_just_said_ranks_with_what_the_index_knows()
    {
        await using var engine = await SearchEngine.StartAsync();
        await engine.SayAsync("old", "a lantern stood at the end of the very long and empty road");
        await engine.WorkAsync();
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        await engine.SayAsync("new", "the blue lantern");
        await engine.WorkAsync();
        Assert.Equal(["new", "old"], (await engine.FindAsync("blue lantern")).Select(match => match.Message.SessionId));
    }

    /// <summary>Also by its distance, for which the index would have to know it.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(0.9)]
    public async Task A_conclusion_is_found_once_while_the_index_lags_and_after(double? distance)
    {
        await using var engine = await SearchEngine.StartAsync();
        await engine.SayAsync("s", "hello");
        await engine.WorkAsync();
        await engine.Core.Conclusions.CreateAsync(SearchEngine.Tenant, [new NewConclusion("alice", "alice", "alice owns a lantern", SessionId: null)], Cancelled);
        Assert.Equal(["alice owns a lantern"], await QueryAsync());

        engine.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["alice owns a lantern"], await QueryAsync());

        engine.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["alice owns a lantern"], await QueryAsync());

        async Task<IEnumerable<string>> QueryAsync() =>
            (await engine.Core.Conclusions.QueryAsync(SearchEngine.Tenant, "alice", "alice", "lantern", 10, distance, null, Clocks.Now, Cancelled)).Items.Select(match => match.Conclusion.Content);
    }

    /// <summary>It was stored long before it is indexed, and the index does not find it yet.</summary>
    [Fact]
    public async Task A_conclusion_whose_entry_was_late_is_found_as_soon_as_its_step_is_done()
    {
        await using var engine = await SearchEngine.StartAsync();
        await engine.SayAsync("s", "I love lanterns.");
        engine.Server.DocumentStatus = _ => 503;
        Assert.True(await engine.WorkAsync() > 0);
        engine.Server.DocumentStatus = _ => 200;
        engine.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(0, await engine.WorkAsync());
        Assert.Equal(0, engine.Server.Found);
        var found = await engine.Core.Conclusions.QueryAsync(SearchEngine.Tenant, "alice", "alice", "lanterns", 10, null, null, Clocks.Now, Cancelled);
        Assert.Contains("lantern", Assert.Single(found.Items).Conclusion.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_deleted_right_after_it_was_indexed_leaves_nothing_in_the_index()
    {
        await using var engine = await SearchEngine.StartAsync();
        await engine.SayAsync("s", "I love lanterns", "I own a boat");
        await engine.SayAsync("other", "hello");
        await engine.WorkAsync();
        Assert.True(engine.Server.Kept > 3);
        Assert.Equal(0, engine.Server.Found);

        await engine.Core.Sessions.DeleteAsync(SearchEngine.Tenant, "s", Cancelled);
        await engine.WorkAsync();
        Assert.Equal(1, engine.Server.Kept);
        Assert.Empty(await engine.FindAsync("lanterns"));
    }

    [Fact]
    public async Task A_workspace_deleted_right_after_it_was_indexed_leaves_nothing_in_the_index()
    {
        await using var engine = await SearchEngine.StartAsync();
        await engine.SayAsync("s", "I love lanterns", "I own a boat");
        await engine.WorkAsync();
        await engine.Core.Conclusions.CreateAsync(SearchEngine.Tenant, [new NewConclusion("alice", "alice", "alice owns a lantern", SessionId: null)], Cancelled);
        await engine.Core.Sessions.DeleteAsync(SearchEngine.Tenant, "s", Cancelled);
        await engine.WorkAsync();
        await engine.Core.Workspaces.DeleteAsync(SearchEngine.Tenant, Cancelled);
        await engine.WorkAsync();
        Assert.Equal(0, engine.Server.Kept);
    }
}
