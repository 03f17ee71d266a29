using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Slack;

/// <summary>The Events API. The proof is an HMAC of the time and the body under the app's signing secret.</summary>
internal sealed class SlackHook : IHook
{
    private const string SignaturePrefix = "v0=";

    /// <summary>Messages that somebody wrote; others tell of joins, topics, pins.</summary>
    private static readonly string?[] Written = [null, "file_share", "thread_broadcast", "me_message", "bot_message"];

    public Platform Platform => Platform.Slack;

    public ValueTask<bool> VerifyAsync(HookRequest request, OpenConnection connection, CancellationToken cancellationToken)
    {
        var (timestamp, signature) = (request.Header("X-Slack-Request-Timestamp"), request.Header("X-Slack-Signature"));
        if (!request.IsFresh(timestamp) || !signature.StartsWith(SignaturePrefix, StringComparison.Ordinal))
            return ValueTask.FromResult(false);

        var isProven = false;
        foreach (var secret in connection.All(Platform.Proof))
            isProven |= Proofs.IsHex(signature.AsSpan(SignaturePrefix.Length), Sign(secret, timestamp, request.Body.Span));
        return ValueTask.FromResult(isProven);
    }

    public HookReading Read(HookRequest request, OpenConnection connection)
    {
        // Commands and buttons, which nobody has asked Kith to serve.
        if (request.IsForm)
            return HookReading.Nothing;

        var body = request.Json();
        return body["type"].Text switch
        {
            "url_verification" when body["challenge"].Text is { } challenge => new(HookAnswer.Json(new JsonObject { ["challenge"] = challenge })),
            "event_callback" => HookReading.Of(Of(body, connection, request.At)),
            _ => HookReading.Nothing,
        };
    }

    internal static byte[] Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    private static IEnumerable<PlatformEvent> Of(Payload body, OpenConnection connection, DateTimeOffset now)
    {
        var happened = body["event"];
        return happened["type"].Text switch
        {
            "message" or "app_mention" => MessageOf(body, happened, connection, now),
            "user_change" or "user_profile_changed" or "team_join" when SlackPeople.Of(happened["user"]) is { } person => [new PlatformEvent.Renamed(person)],
            _ => [],
        };
    }

    private static IEnumerable<PlatformEvent> MessageOf(Payload body, Payload happened, OpenConnection connection, DateTimeOffset now)
    {
        if (happened["channel"].Text is not { } channel)
            return [];
        var place = new SlackPlace(body["team_id"].Text ?? "team", channel, happened["channel_type"].Text == "im");
        var subtype = happened["subtype"].Text;
        var (message, before) = (happened["message"], happened["previous_message"]);
        return subtype switch
        {
            "message_deleted" when happened["deleted_ts"].Text is { } ts => [place.Deleted(ts, before["thread_ts"].Text)],
            // What is left of a deleted message that others answered.
            "message_changed" when message["subtype"].Text == "tombstone" && message["ts"].Text is { } ts => [place.Deleted(ts, message["thread_ts"].Text)],
            // Previews of links change messages too; nobody edited those.
            "message_changed" when PlatformTime.OfSeconds(message["edited"]["ts"].Text) is { } editedAt => Said(body, message, place, connection, now, editedAt),
            _ when Written.Contains(subtype) => Said(body, happened, place, connection, now, editedAt: null),
            _ => [],
        };
    }

    private static IEnumerable<PlatformEvent> Said(Payload body, Payload message, SlackPlace place, OpenConnection connection, DateTimeOffset now, DateTimeOffset? editedAt)
    {
        if (message["ts"].Text is not { } ts || SlackPeople.AuthorOf(body, message, connection) is not { } author)
            yield break;

        var (text, mentions) = SlackText.Of(message["text"].Text ?? "", id => SlackPeople.PeerOf(body, id, connection));
        Attachment[] files = [.. message["files"].Items.Select(file => new Attachment(file["filetype"].Text ?? "file", file["id"].Text, file["name"].Text, file["mimetype"].Text, file["size"].Number))];
        if (text.Length == 0 && files.Length == 0)
            yield break;

        var thread = message["thread_ts"].Text;
        yield return new PlatformEvent.Said(place.Of(ts, thread), place.KeyOf(ts), author, text, PlatformTime.OfSeconds(ts) ?? now)
        {
            Attachments = files,
            Mentions = mentions,
            EditedAt = editedAt,
            IsAddressed = place.IsDirect || mentions.Contains(connection.Connection.Agent),
            ReplyTo = To(place, place.IsDirect ? thread : thread ?? ts),
        };
    }

    /// <summary>Where many read, the answer stands under the question.</summary>
    private static JsonElement To(SlackPlace place, string? thread)
    {
        var to = new JsonObject { ["channel"] = place.Channel };
        if (thread is not null)
            to["thread_ts"] = thread;
        return JsonElement.Parse(to.ToJsonString());
    }
}
