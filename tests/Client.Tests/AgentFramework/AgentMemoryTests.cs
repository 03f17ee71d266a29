using Kith.Client.AgentFramework;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Kith.Client.Tests.AgentFramework;

/// <summary>Agents of Microsoft Agent Framework that remember.</summary>
public sealed class AgentMemoryTests(RunningHost host) : IClassFixture<RunningHost>, IDisposable
{
    private readonly KithClient _kith = host.Kith();
    private readonly Model _model = new("Noted.");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_knows_what_was_said_before()
    {
        var (memory, agent) = Remembering();
        var conversation = await agent.CreateSessionAsync(Cancelled);
        Assert.Equal("Noted.", (await agent.RunAsync("I live in Rome.", conversation, cancellationToken: Cancelled)).Text);
        await agent.RunAsync("Where do I live?", conversation, cancellationToken: Cancelled);

        Assert.Equal(["user: I live in Rome.", "assistant: Noted.", "user: Where do I live?"], _model.Calls[1].Texts);
        Assert.Equal(
            ["alice: I live in Rome.", "support: Noted.", "alice: Where do I live?", "support: Noted."],
            (await memory.SessionOf(conversation).GetMessagesAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(message => $"{message.PeerId}: {message.Content}"));
    }

    [Fact]
    public async Task Another_conversation_knows_the_user_but_not_the_words()
    {
        var (_, agent) = Remembering();
        await agent.RunAsync("I live in Rome.", await agent.CreateSessionAsync(Cancelled), cancellationToken: Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        await agent.RunAsync("Where do I live?", await agent.CreateSessionAsync(Cancelled), cancellationToken: Cancelled);

        Assert.DoesNotContain("Rome", _model.Calls[0].Instructions, StringComparison.Ordinal);
        Assert.Equal(["user: Where do I live?"], _model.Calls[1].Texts);
        Assert.Contains("Rome", _model.Calls[1].Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_was_put_away_goes_on()
    {
        var (memory, agent) = Remembering();
        var conversation = await agent.CreateSessionAsync(Cancelled);
        await agent.RunAsync("I live in Rome.", conversation, cancellationToken: Cancelled);
        var stored = await agent.SerializeSessionAsync(conversation, cancellationToken: Cancelled);

        var (laterMemory, laterAgent) = Remembering();
        var resumed = await laterAgent.DeserializeSessionAsync(stored, cancellationToken: Cancelled);
        await laterAgent.RunAsync("Where do I live?", resumed, cancellationToken: Cancelled);
        Assert.Equal(memory.SessionOf(conversation).Id, laterMemory.SessionOf(resumed).Id);
        Assert.Equal("user: I live in Rome.", _model.Calls[1].Texts.First());
    }

    [Fact]
    public async Task The_application_names_the_sessions()
    {
        var memory = new AgentMemory(_kith, "alice", "support", name: _ => "ticket-17");
        var agent = new ChatClientAgent(_model, new ChatClientAgentOptions { ChatHistoryProvider = memory.History });
        await agent.RunAsync("It does not start.", cancellationToken: Cancelled);
        Assert.Equal(2, (await _kith.Session("ticket-17").GetMessagesAsync(cancellationToken: Cancelled).FirstPageAsync(Cancelled)).Total);
    }

    [Fact]
    public async Task A_message_that_an_application_sends_again_is_stored_once()
    {
        var (memory, agent) = Remembering();
        var conversation = await agent.CreateSessionAsync(Cancelled);
        ChatMessage question = new(ChatRole.User, "I live in Rome.") { MessageId = "u1" };
        await agent.RunAsync(question, conversation, cancellationToken: Cancelled);
        await agent.RunAsync([question, new(ChatRole.User, "Where do I live?") { MessageId = "u2" }], conversation, cancellationToken: Cancelled);
        Assert.Equal(
            ["I live in Rome.", "Noted.", "Where do I live?", "Noted."],
            (await memory.SessionOf(conversation).GetMessagesAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(message => message.Content));
    }

    [Fact]
    public async Task Neither_a_long_question_nor_a_long_answer_fails()
    {
        var answer = string.Join('\n', Enumerable.Range(0, 6000).Select(i => $"Line {i:0000}"));
        using var model = new Model(answer);
        var memory = new AgentMemory(_kith, user: "alice", assistant: "support");
        var agent = new ChatClientAgent(model, new ChatClientAgentOptions { ChatHistoryProvider = memory.History, AIContextProviders = [memory.Context] });
        var conversation = await agent.CreateSessionAsync(Cancelled);
        await agent.RunAsync("山" + new string('x', 24_000) + " 🏔", conversation, cancellationToken: Cancelled);

        var said = await memory.SessionOf(conversation).GetMessagesAsync(cancellationToken: Cancelled).ToListAsync(Cancelled);
        Assert.Equal(["alice", "support", "support", "support"], said.Select(message => message.PeerId));
        Assert.Equal(answer, string.Concat(said.Skip(1).Select(message => message.Content)));
        Assert.All(said.Skip(2), part => Assert.StartsWith("Line ", part.Content, StringComparison.Ordinal));
    }

    public void Dispose() => _model.Dispose();

    private (AgentMemory Memory, ChatClientAgent Agent) Remembering()
    {
        var memory = new AgentMemory(_kith, user: "alice", assistant: "support");
        return (memory, new ChatClientAgent(_model, new ChatClientAgentOptions { ChatHistoryProvider = memory.History, AIContextProviders = [memory.Context] }));
    }
}
