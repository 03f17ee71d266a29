using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Discord;

internal static class DiscordMessage
{
    /// <summary>Null where nothing is said.</summary>
    public static PlatformEvent.Said? Of(Payload message, ChatPlace place, DateTimeOffset now)
    {
        Attachment[] attachments = [.. message["attachments"].Items.Select(file => new Attachment("file", file["id"].Id, file["filename"].Text, file["content_type"].Text, file["size"].Number))];
        var text = message["content"].Text;
        if (message["id"].Id is not { } id || DiscordPeople.Of(message["author"], null) is not { } author || (text is null && attachments.Length == 0))
            return null;
        return new PlatformEvent.Said(place, KeyOf(id), author, Named(text ?? "", message), DiscordTime.Of(id) ?? now)
        {
            Attachments = attachments,
            Mentions = [.. message["mentions"].Items.Select(user => user["id"].Id).OfType<string>().Select(Platform.Discord.PeerOf)],
            EditedAt = PlatformTime.OfText(message["edited_timestamp"].Text),
        };
    }

    public static string KeyOf(string id) => $"message/{id}";

    private static string Named(string text, Payload message)
    {
        foreach (var id in message["mentions"].Items.Select(user => user["id"].Id).OfType<string>())
            text = text.Replace($"<@{id}>", $"@{Platform.Discord.PeerOf(id)}", StringComparison.Ordinal).Replace($"<@!{id}>", $"@{Platform.Discord.PeerOf(id)}", StringComparison.Ordinal);
        return text;
    }
}
