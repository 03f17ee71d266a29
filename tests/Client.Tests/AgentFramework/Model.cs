using Microsoft.Extensions.AI;

namespace Kith.Client.Tests.AgentFramework;

/// <summary>A model that always says the same, and remembers what it was asked.</summary>
internal sealed class Model(string answer) : IChatClient
{
    public List<Asked> Calls { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, Microsoft.Extensions.AI.ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls.Add(new Asked([.. messages], options?.Instructions ?? ""));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer) { MessageId = Guid.NewGuid().ToString() }));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, Microsoft.Extensions.AI.ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    internal sealed record Asked(IReadOnlyList<ChatMessage> Messages, string Instructions)
    {
        public IEnumerable<string> Texts => Messages.Select(message => $"{message.Role}: {message.Text}");
    }
}
