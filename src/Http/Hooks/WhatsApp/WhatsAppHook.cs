using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Platforms;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hooks.WhatsApp;

/// <summary>The Cloud API: batches of messages of one business's numbers. The proof is an HMAC of the body under the app's secret.</summary>
internal sealed class WhatsAppHook : IHook
{
    private const string SignaturePrefix = "sha256=";

    private static readonly string[] Files = ["image", "video", "audio", "document", "sticker"];

    public Platform Platform => Platform.WhatsApp;

    public int MaxBytes => 3 * 1024 * 1024;

    public ValueTask<bool> VerifyAsync(HookRequest request, OpenConnection connection, CancellationToken cancellationToken)
    {
        var signature = request.Header("X-Hub-Signature-256");
        if (!signature.StartsWith(SignaturePrefix, StringComparison.Ordinal))
            return ValueTask.FromResult(false);
        var isProven = false;
        foreach (var secret in connection.All(Platform.Proof))
            isProven |= Proofs.IsHex(signature.AsSpan(SignaturePrefix.Length), HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span));
        return ValueTask.FromResult(isProven);
    }

    public HookReading Read(HookRequest request, OpenConnection connection) =>
        HookReading.Of(request.Json()["entry"].Items.SelectMany(entry => entry["changes"].Items).SelectMany(change => Of(change["value"], request.At)));

    public HookAnswer? Greet(HookRequest request, OpenConnection connection)
    {
        var (token, isMeant) = (request.Query("hub.verify_token") ?? "", false);
        foreach (var secret in connection.All("verify_token"))
            isMeant |= Proofs.IsText(token, secret);
        return isMeant && request.Query("hub.mode") == "subscribe" && request.Query("hub.challenge") is { } challenge
            ? HookAnswer.Text(challenge)
            : new HookAnswer(StatusCodes.Status403Forbidden);
    }

    /// <summary>What became of messages that were sent comes to the same address, and is nothing that was said.</summary>
    private static IEnumerable<PlatformEvent> Of(Payload value, DateTimeOffset now)
    {
        if (value["metadata"]["phone_number_id"].Id is not { } number)
            yield break;

        var names = value["contacts"].Items.Where(contact => contact["wa_id"].Id is not null).GroupBy(contact => contact["wa_id"].Id!).ToDictionary(group => group.Key, group => group.First()["profile"]["name"].Text);
        foreach (var message in value["messages"].Items)
        {
            if (message["from"].Id is { } from && Said(message, number, from, new Person(from, names.GetValueOrDefault(from)), now) is { } said)
                yield return said;
        }

        // What somebody wrote in the business's own app.
        foreach (var message in value["message_echoes"].Items)
        {
            if (message["to"].Id is { } to && Said(message, number, to, new Person(number, IsBot: true, IsAgent: true), now) is { } said)
                yield return said;
        }
    }

    private static PlatformEvent.Said? Said(Payload message, string number, string chat, Person author, DateTimeOffset now)
    {
        Attachment[] attachments = [.. Files.Select(kind => (Kind: kind, File: message[kind])).Where(file => file.File.IsObject).Select(file => new Attachment(file.Kind, file.File["id"].Id, file.File["filename"].Text, file.File["mime_type"].Text))];
        var text = TextOf(message);
        if (message["id"].Text is not { } id || (text is null && attachments.Length == 0))
            return null;
        return new PlatformEvent.Said(new ChatPlace($"{number}_{chat}", IsDirect: true), id, author, text ?? "", PlatformTime.OfSeconds(message["timestamp"].Id) ?? now)
        {
            Attachments = attachments,
            IsAddressed = !author.IsAgent,
            ReplyTo = JsonElement.Parse(new JsonObject { ["phone_number_id"] = number, ["to"] = chat, ["message_id"] = id }.ToJsonString()),
        };
    }

    private static string? TextOf(Payload message) =>
        message["text"]["body"].Text
        ?? Files.Select(kind => message[kind]["caption"].Text).FirstOrDefault(caption => caption is not null)
        ?? message["button"]["text"].Text
        ?? message["interactive"]["button_reply"]["title"].Text
        ?? message["interactive"]["list_reply"]["title"].Text;
}
