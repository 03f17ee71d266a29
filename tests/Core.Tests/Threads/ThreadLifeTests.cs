using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Core.Tests.Engine;
using Kith.Core.Threads;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Threads;

/// <summary>How threads end, by a clock that moves when told and a worker that runs when told.</summary>
public sealed class ThreadLifeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Activity_extends_a_threads_life()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        for (var day = 0; day < 5; day++)
        {
            engine.Time.Advance(71 * Hour);
            await engine.DrainAsync();
            await SayAsync(engine, "t", "still here");
        }

        Assert.Equal(5, (await engine.Core.Threads.GetAsync(Tenant, "t", Cancel)).Stored);
        engine.Time.Advance(73 * Hour);
        await AssertExpiredAsync(engine, "t");
    }

    [Fact]
    public async Task What_is_said_through_another_door_extends_it_too()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        engine.Time.Advance(71 * Hour);
        await engine.SayAsync("t", "visitor", "Hello");
        engine.Time.Advance(71 * Hour);

        Assert.Equal(1, (await engine.Core.Threads.GetAsync(Tenant, "t", Cancel)).Stored);
    }

    [Fact]
    public async Task A_life_that_counts_from_creation_is_not_extended()
    {
        await using var engine = new TestEngine();
        await engine.Core.Workspaces.SetSettingsAsync(Tenant, Settings(new() { TtlFromCreation = true }), Cancel);
        await CreateAsync(engine, "t");
        engine.Time.Advance(71 * Hour);
        await SayAsync(engine, "t", "still here");
        engine.Time.Advance(2 * Hour);

        await AssertExpiredAsync(engine, "t");
    }

    [Fact]
    public async Task An_expired_thread_loses_its_messages_and_leaves_what_was_learnt()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        await SayAsync(engine, "t", "I fish");
        await engine.DrainAsync();
        engine.Time.Advance(73 * Hour);
        await engine.DrainAsync();

        await AssertExpiredAsync(engine, "t");
        Assert.Equal(["user: I fish"], await engine.KnownAsync("user", "user"));
        Assert.Equal(0, await CountAsync(engine, "message"));
        Assert.Equal(0, await CountAsync(engine, "workflowState"));
        Assert.Null(await engine.Core.Sessions.FindAsync(Tenant, "t", Cancel));
        Assert.Empty((await engine.Core.Peers.SessionsAsync(Tenant, "user", new Paging(), null, Cancel)).Items);
    }

    [Fact]
    public async Task What_was_said_just_before_is_learnt_before_it_goes()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        await SayAsync(engine, "t", "I fish");
        Assert.Equal(1, await engine.Core.Threads.CleanUpExpiredAsync(Tenant, TimeSpan.Zero, Cancel));
        await AssertExpiredAsync(engine, "t");
        await engine.DrainAsync();

        Assert.Equal(["user: I fish"], await engine.KnownAsync("user", "user"));
        Assert.Equal(0, await CountAsync(engine, "message"));
    }

    [Fact]
    public async Task A_deleted_thread_takes_with_it_what_was_learnt()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        await SayAsync(engine, "t", "I fish");
        await engine.DrainAsync();
        await engine.Core.Threads.DeleteAsync(Tenant, "t", ChildrenRule.Orphan, Cancel);
        await engine.DrainAsync();

        Assert.Empty(await engine.KnownAsync("user", "user"));
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<KithException>(() => engine.Core.Threads.GetAsync(Tenant, "t", Cancel))).Code);
    }

    [Fact]
    public async Task The_id_of_an_expired_thread_can_begin_anew_once_its_messages_are_gone()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        await SayAsync(engine, "t", "old");
        await engine.DrainAsync();
        engine.Time.Advance(73 * Hour);
        var refusal = await Assert.ThrowsAsync<KithException>(() => SayAsync(engine, "t", "too early", create: true));
        Assert.Equal("expired", refusal.Detail);
        await engine.DrainAsync();

        Assert.Equal(1, (await SayAsync(engine, "t", "new", create: true))[0].Sequence);
        Assert.Equal("unknown", (await engine.Core.Threads.GetAsync(Tenant, "t", Cancel)).Thread.WorkflowName);
    }

    [Fact]
    public async Task Changed_settings_hold_for_threads_that_exist()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "default");
        await CreateAsync(engine, "own", ttlHours: 100);
        await engine.Core.Workspaces.SetSettingsAsync(Tenant, Settings(new() { TtlHours = 1, MaxMessages = 2 }), Cancel);
        await engine.DrainAsync();
        engine.Time.Advance(2 * Hour);

        var left = await engine.Core.ThreadLists.PageAsync(Tenant, new ThreadFilter(), 10, null, Cancel);
        Assert.Equal([("own", 2)], left.Threads.Select(thread => (thread.Id, thread.MaxMessages)));
        await engine.DrainAsync();
        Assert.Null(await engine.Core.Sessions.FindAsync(Tenant, "default", Cancel));
    }

    [Fact]
    public async Task A_life_made_longer_saves_a_thread()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        await engine.Core.Workspaces.SetSettingsAsync(Tenant, Settings(new() { TtlHours = 1000 }), Cancel);
        engine.Time.Advance(500 * Hour);
        await engine.DrainAsync();

        Assert.Equal(0, (await engine.Core.Threads.GetAsync(Tenant, "t", Cancel)).Stored);
        Assert.Single((await engine.Core.ThreadLists.PageAsync(Tenant, new ThreadFilter(), 10, null, Cancel)).Threads);
    }

    [Fact]
    public async Task Cleaning_up_counts_what_it_removes_and_spares_the_children()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "old");
        await CreateAsync(engine, "older");
        await engine.Core.Threads.CreateAsync(Tenant, new NewThread("chat") { Id = "child", ParentThreadId = "old" }, Cancel);
        engine.Time.Advance(50 * Hour);
        await SayAsync(engine, "child", "still here");
        engine.Time.Advance(30 * Hour);

        Assert.Equal(2, await engine.Core.Threads.CleanUpExpiredAsync(Tenant, null, Cancel));
        Assert.Equal(0, await engine.Core.Threads.CleanUpExpiredAsync(Tenant, null, Cancel));
        await engine.DrainAsync();
        var chain = await engine.Core.ThreadLists.ChainAsync(Tenant, "child", 20, Cancel);
        Assert.Equal(("child", true), (Assert.Single(chain.Threads).Id, chain.Truncated));
    }

    [Fact]
    public async Task Cleaning_up_takes_another_age_when_told()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "old");
        engine.Time.Advance(25 * Hour);
        await CreateAsync(engine, "new");

        Assert.Equal(1, await engine.Core.Threads.CleanUpExpiredAsync(Tenant, 24 * Hour, Cancel));
        Assert.Equal(["new"], (await engine.Core.ThreadLists.PageAsync(Tenant, new ThreadFilter(), 10, null, Cancel)).Threads.Select(thread => thread.Id));
    }

    [Fact]
    public async Task Archived_threads_are_kept_for_a_while()
    {
        await using var engine = new TestEngine();
        await engine.Core.Workspaces.SetSettingsAsync(Tenant, Settings(new() { TtlHours = 1000 }), Cancel);
        foreach (var id in new[] { "first", "second", "active" })
            await CreateAsync(engine, id);
        await engine.Core.Threads.ArchiveAsync(Tenant, "first", Cancel);
        engine.Time.Advance(100 * Hour);
        await engine.Core.Threads.ArchiveAsync(Tenant, "second", Cancel);
        engine.Time.Advance(100 * Hour);

        Assert.Equal(1, await engine.Core.Threads.CleanUpArchivedAsync(Tenant, 168 * Hour, Cancel));
        Assert.Equal(1, await engine.Core.Threads.CleanUpArchivedAsync(Tenant, TimeSpan.Zero, Cancel));
        Assert.Equal(["active"], (await engine.Core.ThreadLists.PageAsync(Tenant, new ThreadFilter(), 10, null, Cancel)).Threads.Select(thread => thread.Id));
    }

    [Fact]
    public async Task The_directory_is_repaired_from_the_sessions()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        await SayAsync(engine, "t", "I fish");
        await engine.Core.Store.ExecuteAsync(Owners.Threads(Tenant), [new Operation.Delete("t")], Cancel);
        await engine.DrainAsync();

        var found = Assert.Single((await engine.Core.ThreadLists.PageAsync(Tenant, new ThreadFilter(), 10, null, Cancel)).Threads);
        Assert.Equal(("t", 1), (found.Id, found.MessageCount));
    }

    [Fact]
    public async Task A_thread_outlives_a_restart()
    {
        await using var engine = new TestEngine();
        await CreateAsync(engine, "t");
        await SayAsync(engine, "t", "I fish");
        await engine.RestartAsync();

        Assert.Equal("I fish", Assert.Single(await engine.Core.ThreadMessages.ListAsync(Tenant, "t", new ThreadMessageQuery(), Cancel)).Content);
        Assert.Equal(2, (await SayAsync(engine, "t", "I sail"))[0].Sequence);
    }

    [Fact]
    public async Task An_import_of_more_messages_than_a_batch_takes_is_whole()
    {
        await using var engine = new TestEngine();
        var said = DateTimeOffset.UnixEpoch;
        NewThreadMessage[] messages = [.. Enumerable.Range(1, 250).Select(i => new NewThreadMessage(Roles.User, $"{i}") { Timestamp = said.AddMinutes(i) })];
        var thread = new NewThread("chat") { Id = "t", MaxMessages = 1000 };
        await engine.Core.ThreadImports.ImportAsync(Tenant, new ImportedThread(thread, messages, said, said.AddDays(1)) { State = new StateChange(Json("""{"a":1}""")) }, Cancel);

        var stored = await engine.Core.ThreadMessages.ListAsync(Tenant, "t", new ThreadMessageQuery(), Cancel);
        Assert.Equal(Enumerable.Range(1, 250).Select(i => ($"{i}", (long)i)), stored.Select(message => (message.Content, message.Sequence)));
        Assert.Equal(said.AddDays(1), (await engine.Core.Threads.GetAsync(Tenant, "t", Cancel)).UpdatedAt);
    }

    private static WorkspaceSettings Settings(ThreadSettings threads) => new() { Threads = threads };

    private static Task<ThreadSnapshot> CreateAsync(TestEngine engine, string id, double? ttlHours = null) =>
        engine.Core.Threads.CreateAsync(Tenant, new NewThread("chat") { Id = id, TtlHours = ttlHours }, Cancel);

    private static Task<IReadOnlyList<ThreadMessage>> SayAsync(TestEngine engine, string id, string content, bool create = false) =>
        engine.Core.ThreadMessages.AppendAsync(Tenant, id, [new NewThreadMessage(Roles.User, content)], create, claim: null, Cancel);

    private static Task<long> CountAsync(TestEngine engine, string type) =>
        engine.Core.Store.CountAsync(Partition.Conversation(Tenant, "t"), new Query(type), Cancel);

    private static async Task AssertExpiredAsync(TestEngine engine, string id) =>
        Assert.Equal("expired", (await Assert.ThrowsAsync<KithException>(() => engine.Core.Threads.GetAsync(Tenant, id, Cancel))).Detail);
}
