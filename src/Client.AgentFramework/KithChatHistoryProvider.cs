using Kith.Client.Models;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Kith.Client.AgentFramework;

/// <summary>Keeps a conversation in a session, and gives back as much of it as fits a budget, with a summary of what does not.</summary>
internal sealed class KithChatHistoryProvider(AgentMemory memory, int tokens) : ChatHistoryProvider
{
    protected override async ValueTask<IEnumerable<ChatMessage>> ProvideChatHistoryAsync(InvokingContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var history = await memory.SessionOf(context.Session).GetContextAsync(new() { Tokens = tokens }, cancellationToken).ConfigureAwait(false);
            return [.. history.ToOpenAI(memory.Assistant).Select(ToChatMessage)];
        }
        catch (KithNotFoundException)
        {
            // Honcho's server, before the first message: Kith gives an empty context.
            return [];
        }
    }

    protected override async ValueTask StoreChatHistoryAsync(InvokedContext context, CancellationToken cancellationToken = default)
    {
        var said = context.RequestMessages.Concat(context.ResponseMessages ?? []).Where(IsSpoken)
            .SelectMany(message => Spoken.By(message.Role == ChatRole.User ? memory.User : memory.Assistant, message));
        foreach (var batch in said.Chunk(Session.MostMessages))
            await memory.SessionOf(context.Session).AddMessagesAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Texts of the user and of the assistant: what tools were asked and said is no conversation.</summary>
    private static bool IsSpoken(ChatMessage message) =>
        (message.Role == ChatRole.User || message.Role == ChatRole.Assistant) && !string.IsNullOrWhiteSpace(message.Text);

    private static ChatMessage ToChatMessage(OpenAIMessage message) => new(new ChatRole(message.Role), message.Content) { AuthorName = message.Name };
}
