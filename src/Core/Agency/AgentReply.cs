using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Conversations;

namespace Kith.Core.Agency;

/// <summary>What an agent answers.</summary>
/// <param name="Text">At most <see cref="Limits.MessageCharacters"/> characters.</param>
/// <param name="Content">The whole answer, an object that holds at least <c>text</c>; its other members are stored with the message.</param>
public sealed record AgentReply(string Text, JsonElement Content)
{
    /// <summary>As it was stored.</summary>
    public static AgentReply Of(Message message)
    {
        var content = JsonObject.Create(message.Metadata)!;
        content.Remove("agentName");
        content.Remove("inReplyTo");
        content["text"] = message.Content;
        return new AgentReply(message.Content, JsonSerializer.SerializeToElement(content, NodeJson.Default.JsonObject));
    }
}
