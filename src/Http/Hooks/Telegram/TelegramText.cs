using System.Text;
using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Telegram;

/// <summary>The words of a message, with peers in place of the people who are named.</summary>
internal static class TelegramText
{
    public static (string Text, IReadOnlyList<string> Mentions, bool IsAddressed) Of(Payload message, OpenConnection connection)
    {
        var isCaption = message["text"].Text is null;
        var text = message[isCaption ? "caption" : "text"].Text ?? "";
        var (bot, agent) = (connection.Setting("bot_username"), connection.Connection.Agent);
        var isAddressed = message["reply_to_message"]["from"]["id"].Id is { } answered && answered == TelegramHook.BotOf(connection);
        var (mentions, written, end) = (new List<string>(), new StringBuilder(), 0);
        foreach (var entity in message[isCaption ? "caption_entities" : "entities"].Items)
        {
            // Places are counted in UTF-16, as here.
            if (entity["offset"].Number is not { } offset || entity["length"].Number is not { } length || offset < end || length <= 0 || offset + length > text.Length)
                continue;
            var word = text.AsSpan((int)offset, (int)length);
            var isAgent = bot is not null && word.TrimStart('@').Equals(bot.TrimStart('@'), StringComparison.OrdinalIgnoreCase);
            var peer = entity["type"].Text switch
            {
                "mention" when isAgent => agent,
                "text_mention" when entity["user"]["id"].Id is { } user => user == TelegramHook.BotOf(connection) ? agent : connection.Platform.PeerOf(user),
                _ => null,
            };
            if (peer is null)
                continue;
            isAddressed |= peer == agent;
            mentions.Add(peer);
            written.Append(text, end, (int)offset - end).Append('@').Append(peer);
            end = (int)(offset + length);
        }

        return (written.Append(text, end, text.Length - end).ToString(), mentions, isAddressed);
    }
}
