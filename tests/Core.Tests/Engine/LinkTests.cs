using Kith.Core.Answers;
using Kith.Core.Erasing;
using Kith.Core.Memory;
using Kith.Core.Platforms;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;

namespace Kith.Core.Tests.Engine;

/// <summary>Peers that are one person: joined when somebody asks, apart again when the link goes.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        await _engine.SayAsync("slack_T_C", "slack_U1", "I live in Rome.");
        await _engine.SayAsync("telegram_7", "telegram_7", "I love tea.");
        await _engine.SayAsync("telegram_8", "telegram_8", "I live in Oslo.");
        await _engine.DrainAsync();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_is_known_is_joined_and_apart_again()
    {
        var before = (await KnownAsync("slack_U1"), await KnownAsync("telegram_7"));
        await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "ann", "slack_U1", TestEngine.Cancel);
        await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "ann", "telegram_7", TestEngine.Cancel);
        foreach (var peer in new[] { "ann", "slack_U1", "telegram_7" })
        {
            var known = await KnownAsync(peer);
            Assert.Contains(known, line => line.Contains("Rome", StringComparison.Ordinal));
            Assert.Contains(known, line => line.Contains("tea", StringComparison.Ordinal));
            Assert.DoesNotContain(known, line => line.Contains("Oslo", StringComparison.Ordinal));
        }

        // What comes later stays with whom it was learnt of, and is joined too.
        await _engine.SayAsync("slack_T_C", "slack_U1", "I play chess.");
        await _engine.DrainAsync();
        Assert.Contains(await KnownAsync("telegram_7"), line => line.Contains("chess", StringComparison.Ordinal));

        await _engine.Core.Links.UnlinkAsync(TestEngine.Tenant, "ann", "slack_U1", TestEngine.Cancel);
        await _engine.Core.Links.UnlinkAsync(TestEngine.Tenant, "ann", "telegram_7", TestEngine.Cancel);
        Assert.Equal(before.Item2, await KnownAsync("telegram_7"));
        Assert.Equal(before.Item1.Append("chess").Count(), (await KnownAsync("slack_U1")).Count);
        Assert.DoesNotContain(await KnownAsync("slack_U1"), line => line.Contains("tea", StringComparison.Ordinal));
        Assert.Empty(await KnownAsync("ann"));
    }

    [Fact]
    public async Task A_question_a_search_and_a_context_see_all_of_the_person()
    {
        await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "slack_U1", "telegram_7", TestEngine.Cancel);
        foreach (var (peer, question, word) in new[] { ("telegram_7", "Where do I live?", "Rome"), ("slack_U1", "What do I love?", "tea") })
        {
            var answer = await _engine.Core.Chats.AskAsync(new ChatRequest(TestEngine.Tenant, peer, question), TestEngine.Cancel);
            var text = string.Concat(await answer.Parts.OfType<AnswerPart.Text>().Select(part => part.Content).ToListAsync(TestEngine.Cancel));
            Assert.Contains(word, text, StringComparison.Ordinal);
        }

        var similar = await _engine.Core.Representations.SelectAsync(new RepresentationRequest(TestEngine.Tenant, "slack_U1", "slack_U1") { SearchQuery = "tea", SearchTopK = 1, MaxConclusions = 1 }, TestEngine.Cancel);
        Assert.Contains("tea", Assert.Single(similar).Content, StringComparison.Ordinal);
        var context = await _engine.Core.Contexts.OfPeerAsync(new RepresentationRequest(TestEngine.Tenant, "telegram_7", "telegram_7"), null, TestEngine.Cancel);
        Assert.Contains("Rome", context.Representation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_is_one_person_only_and_links_do_not_chain()
    {
        var (_, created) = await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "ann", "slack_U1", TestEngine.Cancel);
        Assert.True(created);
        Assert.False((await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "ann", "slack_U1", TestEngine.Cancel)).Created);
        await RefusedAsync(ErrorCode.Conflict, "bea", "slack_U1");
        await RefusedAsync(ErrorCode.Conflict, "slack_U1", "telegram_7");
        await RefusedAsync(ErrorCode.Conflict, "bea", "ann");
        await RefusedAsync(ErrorCode.Invalid, "ann", "ann");
        await RefusedAsync(ErrorCode.Invalid, "ann", "not a name");
        foreach (var (person, peer) in new[] { ("bea", "slack_U1"), ("ann", "telegram_7"), ("ann", "nobody") })
            Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<KithException>(() => _engine.Core.Links.UnlinkAsync(TestEngine.Tenant, person, peer, TestEngine.Cancel))).Code);
        Assert.Equal(["slack_U1"], (await _engine.Core.Links.ListAsync(TestEngine.Tenant, "ann", TestEngine.Cancel)).Select(link => link.Peer));
    }

    [Fact]
    public async Task Erasing_a_peer_takes_its_links_and_leaves_the_others()
    {
        await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "ann", "slack_U1", TestEngine.Cancel);
        await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "ann", "telegram_7", TestEngine.Cancel);
        await _engine.Core.Erasures.StartAsync(TestEngine.Tenant, new ErasureTarget(ErasureKind.Peer, Peer: "slack_U1"), TestEngine.Cancel);
        await _engine.DrainAsync();
        Assert.Equal(["telegram_7"], (await _engine.Core.Links.ListAsync(TestEngine.Tenant, "ann", TestEngine.Cancel)).Select(link => link.Peer));
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        var known = await KnownAsync("ann");
        Assert.DoesNotContain(known, line => line.Contains("Rome", StringComparison.Ordinal));
        Assert.Contains(known, line => line.Contains("tea", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_asks_to_be_forgotten_is_on_every_platform_they_are_linked_to()
    {
        await _engine.Core.Links.LinkAsync(TestEngine.Tenant, "slack_U1", "telegram_7", TestEngine.Cancel);
        var made = await _engine.Core.Connections.CreateAsync(TestEngine.Tenant, Platform.Telegram, new Dictionary<string, string>(), null, new ConnectionChange(), TestEngine.Cancel);
        var connection = (await _engine.Core.Connections.OpenAsync(made.Id, TestEngine.Cancel))!;
        await _engine.Core.Inbox.TakeAsync(connection, new PlatformEvent.Forget(new Person("7")), TestEngine.Cancel);
        await _engine.DrainAsync();
        Assert.Empty(await KnownAsync("telegram_7"));
        Assert.Empty(await KnownAsync("slack_U1"));
        Assert.NotEmpty(await KnownAsync("telegram_8"));
        await _engine.Core.Inbox.TakeAsync(connection, new PlatformEvent.Forget(new Person("unknown")), TestEngine.Cancel);
    }

    private Task<IReadOnlyList<string>> KnownAsync(string peer) => _engine.KnownAsync(peer, peer);

    private async Task RefusedAsync(ErrorCode code, string person, string peer) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<KithException>(() => _engine.Core.Links.LinkAsync(TestEngine.Tenant, person, peer, TestEngine.Cancel))).Code);
}
