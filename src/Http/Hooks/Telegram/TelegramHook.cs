using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Telegram;

/// <summary>Updates of a bot. The proof is the secret that <c>setWebhook</c> was told.</summary>
internal sealed class TelegramHook : IHook
{
    private static readonly string[] New = ["message", "channel_post", "business_message"];
    private static readonly string[] Edited = ["edited_message", "edited_channel_post", "edited_business_message"];

    /// <summary>What is a file, with the kind it is kept as; photos come in several sizes, the largest last.</summary>
    private static readonly string[] Files = ["document", "audio", "voice", "video", "video_note", "animation", "sticker"];

    public Platform Platform => Platform.Telegram;

    public ValueTask<bool> VerifyAsync(HookRequest request, OpenConnection connection, CancellationToken cancellationToken)
    {
        var (given, isProven) = (request.Header("X-Telegram-Bot-Api-Secret-Token"), false);
        foreach (var secret in connection.All(Platform.Proof))
            isProven |= Proofs.IsText(given, secret);
        return ValueTask.FromResult(isProven);
    }

    public HookReading Read(HookRequest request, OpenConnection connection)
    {
        var update = request.Json();
        var said = New.Select(name => update[name]).Concat(Edited.Select(name => update[name])).Where(message => message.IsObject);
        var deleted = update["deleted_business_messages"];
        return HookReading.Of(said.SelectMany(message => Of(message, connection, request.At)).Concat(DeletedOf(deleted, request.At)));
    }

    private static IEnumerable<PlatformEvent> Of(Payload message, OpenConnection connection, DateTimeOffset now)
    {
        var chat = message["chat"];
        if (chat["id"].Id is not { } chatId || message["message_id"].Id is not { } id || AuthorOf(message, connection) is not { } author)
            yield break;

        var (text, mentions, isAddressed) = TelegramText.Of(message, connection);
        var isDirect = chat["type"].Text == "private";
        Attachment[] attachments = [.. AttachmentsOf(message)];
        if (text.Length == 0 && attachments.Length == 0)
            yield break;

        var topic = message["is_topic_message"].IsTrue ? message["message_thread_id"].Id : null;
        yield return new PlatformEvent.Said(new ChatPlace(chatId, topic, isDirect), KeyOf(chatId, id), author, text, message["date"].Seconds ?? now)
        {
            Attachments = attachments,
            Mentions = mentions,
            EditedAt = message["edit_date"].Seconds,
            IsAddressed = isDirect || isAddressed,
            ReplyTo = To(chatId, id, topic),
        };
    }

    /// <summary>Only what people delete in chats of a business that the bot manages: of all else Telegram says nothing.</summary>
    private static IEnumerable<PlatformEvent> DeletedOf(Payload deleted, DateTimeOffset now)
    {
        if (deleted["chat"]["id"].Id is not { } chat)
            yield break;
        foreach (var id in deleted["message_ids"].Items)
        {
            if (id.Id is { } message)
                yield return new PlatformEvent.Deleted(new ChatPlace(chat), KeyOf(chat, message), now);
        }
    }

    private static Person? AuthorOf(Payload message, OpenConnection connection)
    {
        var (from, chat) = (message["from"], message["sender_chat"]);
        if (from["id"].Id is { } id)
            return new Person(id, NameOf(from), from["is_bot"].IsTrue, id == BotOf(connection));
        // A channel, or an admin who speaks as one.
        return chat["id"].Id is { } sender ? new Person(sender, chat["title"].Text) : null;
    }

    /// <summary>A bot's token begins with its id.</summary>
    internal static string? BotOf(OpenConnection connection) => connection.Newest("bot_token")?.Split(':')[0];

    private static string? NameOf(Payload user) => (user["first_name"].Text, user["last_name"].Text) switch
    {
        ({ } first, { } last) => $"{first} {last}",
        var (first, last) => first ?? last ?? user["username"].Text,
    };

    private static IEnumerable<Attachment> AttachmentsOf(Payload message)
    {
        if (message["photo"].Items.LastOrDefault() is { IsObject: true } photo)
            yield return new Attachment("photo", photo["file_id"].Text, null, "image/jpeg", photo["file_size"].Number);
        foreach (var kind in Files)
        {
            if (message[kind] is { IsObject: true } file)
                yield return new Attachment(kind, file["file_id"].Text, file["file_name"].Text, file["mime_type"].Text, file["file_size"].Number);
        }
    }

    private static string KeyOf(string chat, string message) => $"{chat}/{message}";

    private static JsonElement To(string chat, string message, string? topic)
    {
        var to = new JsonObject { ["chat_id"] = chat, ["message_id"] = message };
        if (topic is not null)
            to["message_thread_id"] = topic;
        return JsonElement.Parse(to.ToJsonString());
    }
}
