using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

/// <summary>A message that was just sent, in the words of every server generation (spec eliza-sessions §5.3).</summary>
/// <param name="CreatedAtMilliseconds">Since 1970.</param>
internal sealed record UserMessage(
    string Id,
    string Content,
    string AuthorId,
    string CreatedAt,
    IReadOnlyDictionary<string, JsonElement> Metadata,
    [property: JsonPropertyName("channel_id")] string ChannelId,
    [property: JsonPropertyName("message_server_id")] string ServerId,
    [property: JsonPropertyName("author_id")] string Author,
    [property: JsonPropertyName("created_at")] long CreatedAtMilliseconds,
    [property: JsonPropertyName("source_type")] string SourceType,
    [property: JsonPropertyName("raw_message")] UserMessage.Raw RawMessage)
{
    /// <summary>There is one server only.</summary>
    private const string Server = "00000000-0000-0000-0000-000000000000";

    public static UserMessage Of(SentMessage sent)
    {
        var message = Message.Of(sent.Message, sent.Session);
        JsonElement? attachments = sent.Message.Metadata.TryGetProperty("attachments", out var given) ? given : null;
        return new(
            message.Id,
            message.Content,
            message.AuthorId,
            message.CreatedAt,
            message.Metadata,
            sent.Session.ChannelId,
            Server,
            message.AuthorId,
            sent.Message.CreatedAt.ToUnixTimeMilliseconds(),
            "user",
            new(message.Content, attachments));
    }

    internal sealed record Raw(string Content, JsonElement? Attachments);
}
