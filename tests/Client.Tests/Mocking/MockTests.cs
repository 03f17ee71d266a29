namespace Kith.Client.Tests.Mocking;

/// <summary>An application's own code, tested without a server and without a mocking library.</summary>
public sealed class MockTests
{
    [Fact]
    public async Task An_application_can_be_tested_without_a_server()
    {
        var kith = new FakeKith();
        Assert.Equal("alice likes hiking (1 of 2 messages)", await DescribeAsync(kith, TestContext.Current.CancellationToken));
        Assert.Equal("I like hiking.", Assert.Single(kith.Sent).Content);
    }

    [Fact]
    public async Task Lists_of_a_factory_have_pages()
    {
        var list = KithModelFactory.Paged(2, ["a", "b", "c"]);
        var first = await list.FirstPageAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3L, 2L, true), (first.Total, first.Pages, first.HasNext));
        Assert.Equal(["c"], (await first.NextPageAsync(TestContext.Current.CancellationToken))!.Items);
        Assert.Equal(["a", "b", "c"], await list.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await KithModelFactory.Paged<string>().ToListAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Knows the client's own types only.</summary>
    private static async Task<string> DescribeAsync(KithClient kith, CancellationToken cancellationToken)
    {
        var (alice, session) = (kith.Peer("alice"), kith.Session("s"));
        await session.AddMessagesAsync([alice.Message("I like hiking.")], cancellationToken);
        var answer = await alice.ChatAsync("What does Alice like?", cancellationToken: cancellationToken);
        var hiking = 0;
        var all = await session.GetMessagesAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        foreach (var message in all)
            hiking += message.Content.Contains("hiking", StringComparison.Ordinal) ? 1 : 0;
        return $"{alice} likes {answer} ({hiking} of {all.Count} messages)";
    }

    private sealed class FakeKith : KithClient
    {
        public List<MessageDraft> Sent { get; } = [];

        public override Peer Peer(string id) => new FakePeer(id);

        public override Session Session(string id) => new FakeSession(this);
    }

    private sealed class FakePeer(string id) : Peer
    {
        public override string Id => id;

        public override Task<ChatAnswer> ChatAsync(string query, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatAnswer { Content = "hiking" });
    }

    private sealed class FakeSession(FakeKith kith) : Session
    {
        public override Task<IReadOnlyList<Message>> AddMessagesAsync(IEnumerable<MessageDraft> messages, CancellationToken cancellationToken = default)
        {
            kith.Sent.AddRange(messages);
            return Task.FromResult<IReadOnlyList<Message>>([]);
        }

        public override Paged<Message> GetMessagesAsync(ListOptions? options = null, CancellationToken cancellationToken = default) => KithModelFactory.Paged(
            new Message { Id = "1", Content = "I like hiking.", PeerId = "alice" },
            new Message { Id = "2", Content = "Nice.", PeerId = "bob" });
    }
}
