using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Messages, sessions, members: what is stored, and that it is whole.</summary>
public sealed class ConversationTests
{
    [Fact]
    public async Task Fifty_parallel_writers_of_one_session_get_sequences_without_gap_or_duplicate()
    {
        await using var engine = new TestEngine();
        var appended = await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => Task.Run(async () =>
        {
            var mine = new List<Message>();
            for (var i = 0; i < 10; i++)
                mine.AddRange(await engine.SayAsync("s", $"p{writer}", $"{writer}-{i}-a", $"{writer}-{i}-b"));
            return mine;
        })));

        var acknowledged = appended.SelectMany(mine => mine).ToArray();
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), acknowledged.Select(message => message.Sequence).Order());
        Assert.All(appended, mine => Assert.Equal(mine.Select(message => message.Sequence).Order(), mine.Select(message => message.Sequence)));
        var (stored, page) = (new List<Message>(), 1);
        while (stored.Count < 1000)
            stored.AddRange((await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(page++, 100), null, Cancel)).Items);
        Assert.Equal(acknowledged.OrderBy(message => message.Sequence).Select(message => message.Id), stored.Select(message => message.Id));
        Assert.Equal(50, (await engine.Core.Sessions.MembersAsync(Tenant, "s", new Paging(Size: 100), Cancel)).Total);
    }

    [Fact]
    public async Task An_append_that_fits_no_batch_is_stored_whole()
    {
        await using var engine = new TestEngine();
        var texts = Enumerable.Range(0, 100).Select(i => new string((char)('a' + (i % 26)), Limits.MessageCharacters)).ToArray();
        var messages = await engine.SayAsync("s", "a", texts);
        await engine.SayAsync("s", "a", "next");

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), messages.Select(message => message.Sequence));
        var page = await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(2, 100), null, Cancel);
        Assert.Equal(101, page.Total);
        Assert.Equal("next", Assert.Single(page.Items).Content);
    }

    [Fact]
    public async Task The_remains_of_an_append_that_was_never_finished_are_invisible_and_removed_by_the_next_writer()
    {
        await using var engine = new TestEngine();
        var first = await engine.SayAsync("s", "a", "whole");
        var partition = Partition.Conversation(Tenant, "s");
        var head = (await engine.Core.Store.ReadAsync(partition, Head.Id, Cancel))!;
        var remains = first[0] with { Id = Ids.New(), Sequence = 2, Content = "half" };
        Operation[] crash =
        [
            new Operation.Replace(Head.Id, Stored.Body(head.As(DocumentJson.Default.Head) with { StagedAt = engine.Time.GetUtcNow() }, DocumentJson.Default.Head), head.ETag),
            new Operation.Create(remains.Id, Stored.Body(remains, DocumentJson.Default.Message)),
        ];
        Assert.True((await engine.Core.Store.ExecuteAsync(partition, crash, Cancel)).Applied);
        await engine.RestartAsync();

        Assert.Equal(1, (await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(), null, Cancel)).Total);
        Assert.Null(await engine.Core.Messages.FindAsync(Tenant, "s", remains.Id, Cancel));
        var next = await engine.SayAsync("s", "a", "next");
        Assert.Equal(2, next[0].Sequence);
        Assert.Null(await engine.Core.Store.ReadAsync(partition, remains.Id, Cancel));
    }

    [Fact]
    public async Task A_refused_call_creates_nothing()
    {
        await using var engine = new TestEngine();
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Messages.AppendAsync(Tenant, "s", [new("good", "x"), new("not good", "y")], Cancel));
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Messages.AppendAsync(Tenant, "bad name", [new("good", "x")], Cancel));

        Assert.Null(await engine.Core.Workspaces.FindAsync(Tenant, Cancel));
        Assert.Null(await engine.Core.Peers.FindAsync(Tenant, "good", Cancel));
        Assert.Null(await engine.Core.Sessions.FindAsync(Tenant, "s", Cancel));
    }

    [Fact]
    public async Task A_message_that_fits_no_document_is_refused_and_creates_nobody()
    {
        await using var engine = new TestEngine();
        var metadata = Json($$"""{"note":"{{new string('x', 3 * 1024 * 1024)}}"}""");
        var refusal = await Assert.ThrowsAsync<KithException>(() =>
            engine.Core.Messages.AppendAsync(Tenant, "s", [new("good", "x") { Metadata = metadata }], Cancel));

        Assert.Equal("too_large", refusal.Detail);
        Assert.Null(await engine.Core.Workspaces.FindAsync(Tenant, Cancel));
        Assert.Null(await engine.Core.Peers.FindAsync(Tenant, "good", Cancel));
    }

    [Fact]
    public async Task An_eleventh_observer_is_refused_and_the_members_stay_as_they_were()
    {
        await using var engine = new TestEngine();
        for (var i = 0; i < 10; i++)
            await engine.JoinAsync("s", $"p{i}", new MemberSettings(ObserveOthers: true));

        var refusal = await Assert.ThrowsAsync<KithException>(() => engine.JoinAsync("s", "p10", new MemberSettings(ObserveOthers: true)));

        Assert.Equal(ErrorCode.BudgetExceeded, refusal.Code);
        Assert.StartsWith("Cannot create session s with 11 observers.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(10, (await engine.Core.Sessions.MembersAsync(Tenant, "s", new Paging(), Cancel)).Total);
        Assert.Null(await engine.Core.Peers.FindAsync(Tenant, "p10", Cancel));
    }

    [Fact]
    public async Task Pages_in_both_directions_cover_every_message_once()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(1, 25).Select(i => $"{i}")]);

        foreach (var reverse in new[] { false, true })
        {
            var seen = new List<string>();
            for (var page = 1; page <= 4; page++)
                seen.AddRange((await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(page, 10, reverse), null, Cancel)).Items.Select(message => message.Content));
            var expected = Enumerable.Range(1, 25).Select(i => $"{i}");
            Assert.Equal(reverse ? expected.Reverse() : expected, seen);
        }
    }

    [Fact]
    public async Task A_clone_copies_up_to_the_cut_within_its_own_workspace_only()
    {
        await using var engine = new TestEngine();
        var messages = await engine.SayAsync("s", "a", "one", "two", "three");
        await engine.Core.Messages.AppendAsync("other", "s", [new("x", "foreign")], Cancel);
        await engine.DrainAsync();

        var clone = await engine.Core.Sessions.CloneAsync(Tenant, "s", messages[1].Id, Cancel);
        await engine.DrainAsync();

        var copied = (await engine.Core.Messages.ListAsync(Tenant, clone.Name, new Paging(), null, Cancel)).Items;
        Assert.Equal(["one", "two"], copied.Select(message => message.Content));
        Assert.Equal(messages.Take(2).Select(message => (message.Sequence, message.TokenCount, message.CreatedAt)), copied.Select(message => (message.Sequence, message.TokenCount, message.CreatedAt)));
        Assert.DoesNotContain(copied[0].Id, messages.Select(message => message.Id));
        Assert.Equal(["a"], (await engine.Core.Sessions.MembersAsync(Tenant, clone.Name, new Paging(), Cancel)).Items.Select(peer => peer.Name));
        Assert.Equal(3, (await engine.KnownAsync("a", "a")).Count);
        Assert.Equal(copied[1].Id, (await engine.Core.MessageSearch.SearchAsync(new(Tenant, "two") { Session = clone.Name }, Cancel)).Items[0].Message.Id);
    }

    [Fact]
    public async Task A_clone_of_an_empty_session_exists()
    {
        await using var engine = new TestEngine();
        await engine.JoinAsync("s", "a");
        var clone = await engine.Core.Sessions.CloneAsync(Tenant, "s", null, Cancel);

        Assert.NotNull(await engine.Core.Sessions.FindAsync(Tenant, clone.Name, Cancel));
        Assert.Equal(2, (await engine.Core.Sessions.ListAsync(Tenant, new Paging(), null, Cancel)).Total);
    }

    [Fact]
    public async Task A_deleted_session_is_hidden_at_once_and_later_gone_with_all_that_it_said()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "[home] lives in Rome");
        await engine.SayAsync("t", "a", "I fish");
        await engine.DrainAsync();
        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);

        Assert.Equal(["t"], (await engine.Core.Sessions.ListAsync(Tenant, new Paging(), null, Cancel)).Items.Select(session => session.Name));
        var refusal = await Assert.ThrowsAsync<KithException>(() => engine.SayAsync("s", "a", "more"));
        Assert.Equal(ErrorCode.NotFound, refusal.Code);

        await engine.DrainAsync();
        Assert.Equal(["a: I fish"], await engine.KnownAsync("a", "a"));
        Assert.Null(await engine.Core.PeerCards.FindAsync(Tenant, "a", "a", Cancel));
        Assert.DoesNotContain((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "Rome"), Cancel)).Items, match => match.Message.SessionId == "s");
        Assert.Equal(["t"], (await engine.Core.Peers.SessionsAsync(Tenant, "a", new Paging(), null, Cancel)).Items.Select(session => session.Name));
        Assert.Equal(1, (await engine.SayAsync("s", "a", "again"))[0].Sequence);
    }

    [Fact]
    public async Task A_workspace_with_active_sessions_is_not_deleted_and_without_it_is_gone_whole()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        var refusal = await Assert.ThrowsAsync<KithException>(() => engine.Core.Workspaces.DeleteAsync(Tenant, Cancel));
        Assert.Equal(ErrorCode.Conflict, refusal.Code);

        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);
        await engine.Core.Workspaces.DeleteAsync(Tenant, Cancel);
        await engine.DrainAsync();

        Assert.Null(await engine.Core.Workspaces.FindAsync(Tenant, Cancel));
        Assert.Empty((await engine.Core.Workspaces.ListAsync(new Paging(), null, Cancel)).Items);
        Assert.Empty((await engine.Core.Peers.ListAsync(Tenant, PeerKinds.All, new Paging(), null, Cancel)).Items);
        Assert.Equal(0, (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Total);
    }

    [Fact]
    public async Task What_was_said_is_found_before_and_after_it_is_indexed()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "the lighthouse keeper likes liquorice");

        Assert.Single((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "liquorice"), Cancel)).Items);
        await engine.DrainAsync();
        Assert.Single((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "liquorice"), Cancel)).Items);
        await engine.RestartAsync();
        Assert.Single((await engine.Core.MessageSearch.SearchAsync(new(Tenant, "liquorice"), Cancel)).Items);
    }

    [Fact]
    public async Task A_perspective_sees_what_was_said_while_the_peer_was_there()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "secret one");
        await engine.JoinAsync("s", "b");
        await engine.SayAsync("s", "a", "secret two");
        await engine.Core.Sessions.RemoveMembersAsync(Tenant, "s", ["b"], Cancel);
        await engine.SayAsync("s", "a", "secret three");
        await engine.DrainAsync();

        var found = await engine.Core.MessageSearch.SearchAsync(new(Tenant, "secret") { Perspective = "b" }, Cancel);

        Assert.Equal(["secret two"], found.Items.Select(match => match.Message.Content));
    }
}
