using Kith.Client.Models;
using OpenAI.Chat;

namespace Kith.Client.OpenAI;

/// <summary>Context as the OpenAI client takes it.</summary>
public static class OpenAIMessages
{
    /// <summary>Messages for <see cref="ChatClient"/>: names are kept as those of participants.</summary>
    /// <param name="messages">What <see cref="SessionContext.ToOpenAI"/> gives.</param>
    /// <example>
    /// <code>
    /// var context = await session.GetContextAsync(new() { Tokens = 4000, PeerTarget = alice });
    /// var completion = await chat.CompleteChatAsync(context.ToOpenAI(assistant).ToChatMessages());
    /// </code>
    /// </example>
    public static IEnumerable<ChatMessage> ToChatMessages(this IEnumerable<OpenAIMessage> messages) => messages.Select(message => (ChatMessage)(message.Role switch
    {
        "system" => new SystemChatMessage(message.Content),
        "assistant" => new AssistantChatMessage(message.Content),
        _ => message.Name is null ? new UserChatMessage(message.Content) : new UserChatMessage(message.Content) { ParticipantName = message.Name },
    }));
}
