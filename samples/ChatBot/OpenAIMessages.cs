using Kith.Client.Models;
using OpenAI.Chat;

namespace Kith.ChatBot;

/// <summary>Kith's messages as those of the OpenAI client. All there is to it, so that Kith.Client itself needs no package.</summary>
internal static class OpenAIMessages
{
    public static IEnumerable<ChatMessage> ToChatMessages(this IEnumerable<OpenAIMessage> messages) => messages.Select(message => (ChatMessage)(message.Role switch
    {
        "system" => new SystemChatMessage(message.Content),
        "assistant" => new AssistantChatMessage(message.Content),
        _ => new UserChatMessage(message.Content) { ParticipantName = message.Name },
    }));
}
