using Kith.Core.Directory;
using Kith.Core.Erasing;
using Kith.Core.Rebuilding;
using Kith.Core.Recall;
using Kith.Core.Retaining;

namespace Kith.Core.Tests.Engine;

public sealed class RetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_go_when_they_are_too_old_and_what_was_learnt_from_them_stays()
    {
        await using var engine = new TestEngine();
        await KeepAsync(engine, new Retention(MessageDays: 30));
        await engine.SayAsync("s", "anna", "I have a cat named Tom.");
        await engine.DrainAsync();
        var learnt = await engine.KnownAsync("anna", "anna");
        Assert.NotEmpty(learnt);
        engine.Time.Advance(TimeSpan.FromDays(20));
        await engine.SayAsync("s", "anna", "I have a dog named Rex.");
        await engine.DrainAsync();
        Assert.Equal(2, (await ListAsync(engine)).Count);

        engine.Time.Advance(TimeSpan.FromDays(11));
        await engine.DrainAsync();
        Assert.Equal(["I have a dog named Rex."], await ListAsync(engine));
        var found = await engine.Core.MessageSearch.SearchAsync(new MessageSearchRequest(TestEngine.Tenant, "cat Tom") { Limit = 10 }, Cancel);
        Assert.DoesNotContain(found.Items, match => match.Message.Content.Contains("Tom", StringComparison.Ordinal));
        Assert.Subset((await engine.KnownAsync("anna", "anna")).ToHashSet(), learnt.ToHashSet());
    }

    [Fact]
    public async Task Neither_a_rebuild_nor_an_erasure_of_something_else_takes_what_rests_on_messages_that_became_too_old()
    {
        await using var engine = new TestEngine();
        await KeepAsync(engine, new Retention(MessageDays: 30));
        await engine.SayAsync("s", "anna", "I have a cat named Tom.");
        await engine.DrainAsync();
        var learnt = await engine.KnownAsync("anna", "anna");
        engine.Time.Advance(TimeSpan.FromDays(31));
        var later = await engine.SayAsync("s", "ben", "I have a dog named Rex.");
        await engine.DrainAsync();
        await engine.Core.Rebuilds.StartAsync(new RebuildRequest(TestEngine.Tenant) { Parts = [RebuildPart.Conclusions] }, Cancel);
        await engine.DrainAsync();
        Assert.Equal(learnt, await engine.KnownAsync("anna", "anna"));
        await engine.Core.Erasures.StartAsync(TestEngine.Tenant, new ErasureTarget(ErasureKind.Message) { Session = "s", Message = later[0].Id }, Cancel);
        await engine.DrainAsync();
        Assert.Equal(learnt, await engine.KnownAsync("anna", "anna"));
    }

    [Fact]
    public async Task Conclusions_go_when_they_are_too_old()
    {
        await using var engine = new TestEngine();
        await KeepAsync(engine, new Retention(ConclusionDays: 10));
        await engine.SayAsync("s", "anna", "I have a cat named Tom.");
        await engine.DrainAsync();
        Assert.NotEmpty(await engine.KnownAsync("anna", "anna"));
        engine.Time.Advance(TimeSpan.FromDays(11));
        await engine.DrainAsync();
        Assert.Empty(await engine.KnownAsync("anna", "anna"));
        Assert.Single(await ListAsync(engine));
    }

    [Fact]
    public async Task A_shorter_time_holds_for_what_is_there_already_and_many_messages_go_in_pieces()
    {
        await using var engine = new TestEngine();
        for (var i = 0; i < 12; i++)
            await engine.SayAsync("s", "anna", [.. Enumerable.Range(0, 100).Select(j => $"text {i} {j}")]);
        await engine.DrainAsync();
        engine.Time.Advance(TimeSpan.FromDays(5));
        await engine.SayAsync("s", "anna", "new");
        await engine.DrainAsync();
        await KeepAsync(engine, new Retention(MessageDays: 2));
        await engine.DrainAsync();
        Assert.Equal(["new"], await ListAsync(engine));
        await engine.SayAsync("s", "anna", "newer");
        Assert.Equal(["new", "newer"], await ListAsync(engine));
    }

    [Fact]
    public async Task A_day_later_no_file_holds_what_became_too_old()
    {
        await using var engine = new TestEngine();
        await KeepAsync(engine, new Retention(MessageDays: 30, ConclusionDays: 40));
        await engine.SayAsync("s", "anna", "I have a cat named Zyzzyvaq.");
        await engine.DrainAsync();
        Assert.True(Holds(engine));

        engine.Time.Advance(TimeSpan.FromDays(41));
        await engine.DrainAsync();
        Assert.Empty(await ListAsync(engine));
        Assert.Empty(await engine.KnownAsync("anna", "anna"));
        engine.Time.Advance(TimeSpan.FromHours(26));
        await engine.DrainAsync();

        Assert.False(Holds(engine));

        static bool Holds(TestEngine engine) => System.IO.Directory.EnumerateFiles(engine.Folder, "*.db*").Any(file => Text(file).Contains("zyzzyvaq", StringComparison.OrdinalIgnoreCase));
    }

    private static string Text(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static Task KeepAsync(TestEngine engine, Retention retention) =>
        engine.Core.Workspaces.SetSettingsAsync(TestEngine.Tenant, new WorkspaceSettings { Retention = retention }, Cancel);

    private static async Task<List<string>> ListAsync(TestEngine engine)
    {
        var page = await engine.Core.Messages.ListAsync(TestEngine.Tenant, "s", new Paging(1, 100), null, Cancel);
        Assert.Equal(page.Total, page.Items.Count);
        return [.. page.Items.Select(message => message.Content)];
    }
}
