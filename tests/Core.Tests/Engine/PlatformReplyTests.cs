using Kith.Core.Events;
using Kith.Core.Platforms;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;

namespace Kith.Core.Tests.Engine;

/// <summary>Replies that go to a chat platform: asked for once, said once or not at all.</summary>
public sealed class PlatformReplyTests : IAsyncLifetime
{
    private const string Session = "telegram_1";

    private readonly ScriptedPlatform _platform = new();
    private TestEngine _engine = null!;
    private OpenConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)), platforms: _platform);
        // No clock keeps to microseconds.
        _engine.Time.Advance(TimeSpan.FromTicks(7));
        _connection = await ConnectAsync(replies: true);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_question_is_answered_from_memory_once_however_often_it_comes()
    {
        await SayAsync("1", "I live in Rome.");
        await _engine.DrainAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SayAsync("2", "Where do I live?")));
        await _engine.DrainAsync();
        await SayAsync("2", "Where do I live?");
        await _engine.DrainAsync();
        Assert.Equal(2, _platform.Calls.Count);
        var call = _platform.Calls[1];
        Assert.Contains("Rome", call.Text, StringComparison.Ordinal);
        Assert.Equal(("2", "1:token"), (call.To.GetProperty("message_id").GetString(), call.Connection.Newest("bot_token")));
        // Stored like everything that is said, by the agent.
        var messages = await _engine.Core.Messages.ListAsync(TestEngine.Tenant, Session, new Paging(1, 50, false), null, TestEngine.Cancel);
        Assert.Equal(["telegram_1", "telegram_bot", "telegram_1", "telegram_bot"], messages.Items.Select(message => message.PeerId));
        Assert.Equal(call.Text, messages.Items[3].Content);
    }

    [Fact]
    public async Task Whoever_does_not_address_the_agent_or_is_a_program_gets_no_answer()
    {
        await SayAsync("1", "Where do I live?", isAddressed: false);
        await SayAsync("2", "Where do I live?", author: new Person("5", IsBot: true));
        await SayAsync("3", "Where do I live?", author: new Person("9", IsBot: true, IsAgent: true));
        await _engine.Core.Inbox.TakeAsync(await ConnectAsync(replies: false), Said("4", "Where do I live?"), TestEngine.Cancel);
        await _engine.DrainAsync();
        Assert.Empty(_platform.Calls);
    }

    [Fact]
    public async Task What_the_platform_sends_back_of_a_reply_is_not_stored_twice()
    {
        await SayAsync("1", "Hello there.");
        await _engine.DrainAsync();
        var reply = Assert.Single(_platform.Calls).Text;
        await SayAsync("2", reply, author: new Person("9", IsBot: true, IsAgent: true));
        await SayAsync("3", "Something else of the bot's.", author: new Person("9", IsBot: true, IsAgent: true));
        var messages = await _engine.Core.Messages.ListAsync(TestEngine.Tenant, Session, new Paging(1, 50, false), null, TestEngine.Cancel);
        Assert.Equal(["Hello there.", reply, "Something else of the bot's."], messages.Items.Select(message => message.Content));
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_when_the_platform_says()
    {
        _platform.Answers.Enqueue(new PlatformAnswer(429, "busy") { MayTryAgain = true, RetryAfter = TimeSpan.FromMinutes(3) });
        await SayAsync("1", "Hello there.");
        await _engine.WorkAsync(Kith.Core.Storage.Partition.Work(TestEngine.Tenant, Session));
        await _engine.WorkAsync(Delivery.Place(TestEngine.Tenant, _connection.Connection.Id));
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        await _engine.WorkAsync(Delivery.Place(TestEngine.Tenant, _connection.Connection.Id));
        Assert.Single(_platform.Calls);
        _engine.Time.Advance(TimeSpan.FromMinutes(2));
        await _engine.WorkAsync(Delivery.Place(TestEngine.Tenant, _connection.Connection.Id));
        Assert.Equal(2, _platform.Calls.Count);
        Assert.Equal(DeliveryState.Delivered, (await DeliveryAsync()).State);
    }

    [Fact]
    public async Task What_may_have_been_said_is_not_said_again_and_stands_among_the_failures()
    {
        _platform.Answers.Enqueue(new PlatformAnswer(null, "no answer"));
        await SayAsync("1", "Hello there.");
        await _engine.DrainAsync();
        _engine.Time.Advance(TimeSpan.FromHours(1));
        await _engine.DrainAsync();
        Assert.Single(_platform.Calls);
        Assert.Equal(DeliveryState.Failed, (await DeliveryAsync()).State);
        var failures = await _engine.Core.FailedSteps.ListAsync(TestEngine.Tenant, null, null, null, new Paging(), TestEngine.Cancel);
        var failure = Assert.Single(failures.Items);
        Assert.Contains("no answer", failure.Reason, StringComparison.Ordinal);

        // Somebody who looked may have it said.
        await _engine.Core.FailedSteps.ReplayAsync(TestEngine.Tenant, failure.Id, TestEngine.Cancel);
        await _engine.DrainAsync();
        Assert.Equal((2, DeliveryState.Delivered), (_platform.Calls.Count, (await DeliveryAsync()).State));
    }

    [Fact]
    public async Task A_death_while_it_is_said_says_it_at_most_once()
    {
        await SayAsync("1", "Hello there.");
        await _engine.WorkAsync(Kith.Core.Storage.Partition.Work(TestEngine.Tenant, Session));
        _platform.Said = () => throw new MortalStore.DeadException();
        await Assert.ThrowsAsync<MortalStore.DeadException>(() => _engine.WorkAsync(Delivery.Place(TestEngine.Tenant, _connection.Connection.Id)));
        _platform.Said = null;
        await _engine.RestartAsync();
        await _engine.DrainAsync();
        _engine.Time.Advance(TimeSpan.FromMinutes(5));
        await _engine.DrainAsync();
        Assert.Single(_platform.Calls);
        Assert.Equal(DeliveryState.Failed, (await DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_reply_whose_connection_or_message_is_gone_is_dropped()
    {
        await SayAsync("1", "Hello there.");
        await _engine.WorkAsync(Kith.Core.Storage.Partition.Work(TestEngine.Tenant, Session));
        await _engine.Core.Connections.DeleteAsync(TestEngine.Tenant, _connection.Connection.Id, TestEngine.Cancel);
        await _engine.DrainAsync();
        Assert.Empty(_platform.Calls);
    }

    private async Task<OpenConnection> ConnectAsync(bool replies)
    {
        var secrets = new Dictionary<string, string> { ["secret_token"] = "s", ["bot_token"] = "1:token" };
        var made = await _engine.Core.Connections.CreateAsync(TestEngine.Tenant, Platform.Telegram, secrets, null, new ConnectionChange { Replies = replies }, TestEngine.Cancel);
        return (await _engine.Core.Connections.OpenAsync(made.Id, TestEngine.Cancel))!;
    }

    private Task SayAsync(string id, string text, bool isAddressed = true, Person? author = null) => _engine.Core.Inbox.TakeAsync(_connection, Said(id, text, isAddressed, author), TestEngine.Cancel);

    private PlatformEvent.Said Said(string id, string text, bool isAddressed = true, Person? author = null) =>
        new(new ChatPlace("1", IsDirect: true), $"1/{id}", author ?? new Person("1", "Ann"), text, _engine.Time.GetUtcNow())
        {
            IsAddressed = isAddressed,
            ReplyTo = TestEngine.Json($$"""{"chat_id":"1","message_id":"{{id}}"}"""),
        };

    private async Task<Delivery> DeliveryAsync() =>
        Assert.Single((await _engine.Core.Deliveries.ListAsync(TestEngine.Tenant, _connection.Connection.Id, null, null, new Paging(1, 50, false), TestEngine.Cancel)).Items);
}
