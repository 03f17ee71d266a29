using Kith.Client.SemanticKernel;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Kith.Client.Tests.SemanticKernel;

/// <summary>Agents of Semantic Kernel that remember. Its agents do not restore from every registry: its threads' calls are made here.</summary>
public sealed class SemanticKernelTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly KithClient _kith = host.Kith();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_on_a_thread_is_known_in_the_next()
    {
#pragma warning disable SKEXP0130 // The provider is marked as the type that it derives from is: who takes it accepts that it may change.
        var first = new KithContextProvider(_kith, session: "chat-1", user: "alice", assistant: "support");
        var second = new KithContextProvider(_kith, session: "chat-2", user: "alice", assistant: "support");
#pragma warning restore SKEXP0130
        ChatMessage asked = new(ChatRole.User, "Where do I live?");
        Assert.Null((await first.ModelInvokingAsync([asked], Cancelled)).Instructions);

        await first.MessageAddingAsync(null, new ChatMessage(ChatRole.User, "I live in Rome."), Cancelled);
        await first.MessageAddingAsync(null, new ChatMessage(ChatRole.Tool, "42"), Cancelled);
        await first.MessageAddingAsync(null, new ChatMessage(ChatRole.Assistant, "Noted."), Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        Assert.Contains("Rome", (await second.ModelInvokingAsync([asked], Cancelled)).Instructions, StringComparison.Ordinal);

        var history = await _kith.Session("chat-1").GetChatHistoryAsync("support", cancellationToken: Cancelled);
        Assert.Equal(
            [(AuthorRole.User, "I live in Rome.", "alice"), (AuthorRole.Assistant, "Noted.", null)],
            history.Where(message => message.Role != AuthorRole.System).Select(message => (message.Role, message.Content!, message.AuthorName)));
        Assert.Empty(await _kith.Session("never").GetChatHistoryAsync("support", cancellationToken: Cancelled));
    }
}
