using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Http.Schema;

namespace Kith.Http.Eliza.Requests;

/// <summary>Spec eliza-sessions §5.3. Shape first; content and metadata are checked once the session is known to be there (§4).</summary>
internal sealed record MessageSend(Transport Transport, string Content, JsonElement? Metadata, JsonElement? Attachments, string? ClientId)
{
    private const int ContentCharacters = 4_000;

    private const string BadFormat = "Invalid content: Invalid message request format";

    /// <exception cref="KithException">Not the shape of a message.</exception>
    public static MessageSend Read(JsonElement? body)
    {
        var transport = ReadTransport(body);
        var content = Refusals.Text(body, "content") ?? throw Refusals.Invalid(BadFormat);
        var metadata = Given(body, "metadata");
        var attachments = Given(body, "attachments");
        if (metadata is { ValueKind: not JsonValueKind.Object } || attachments is { ValueKind: not JsonValueKind.Array })
            throw Refusals.Invalid(BadFormat);
        return new(transport, content, metadata, attachments, ReadClientId(body));
    }

    /// <exception cref="KithException">Empty or too long.</exception>
    public Utterance ToUtterance()
    {
        // Kith stores no zero characters; without them a text may turn out to be empty.
        var content = Content.Replace("\0", "", StringComparison.Ordinal);
        if (content.Length == 0)
            throw Refusals.Invalid("Invalid content: Content cannot be empty");
        if (content.Length > ContentCharacters)
            throw Refusals.Invalid($"Invalid content: Content exceeds maximum length of {ContentCharacters} characters");
        var metadata = Refusals.Metadata(Metadata);
        if (Attachments is not { } attachments)
            return new(content, metadata, ClientId);
        if (FreeJson.HasUnusableNumber(attachments))
            throw Refusals.Invalid(BadFormat);

        var merged = JsonObject.Create(metadata)!;
        merged["attachments"] = JsonArray.Create(FreeJson.Clean(attachments));
        return new(content, JsonSerializer.SerializeToElement(merged), ClientId);
    }

    private static string? ReadClientId(JsonElement? body) => (Given(body, "clientId") ?? Given(body, "client_id")) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } id when id.GetString() is { Length: > 0 } text && !Limits.Exceeds(text, Limits.ClientIdCharacters) => text,
        _ => throw Refusals.Invalid($"Invalid clientId: It has 1 to {Limits.ClientIdCharacters} characters"),
    };

    private static Transport ReadTransport(JsonElement? body)
    {
        if (Given(body, "transport") is { } transport)
        {
            return transport.ValueKind != JsonValueKind.String
                ? throw Refusals.Invalid("Invalid content: Invalid transport. Transport must be a string. Must be one of: http, sse, websocket, sync, stream")
                : Named(transport.GetString()!);
        }

        return Given(body, "mode") is { } mode
            ? mode.ValueKind == JsonValueKind.String ? Named(mode.GetString()!) : throw Refusals.Invalid("Invalid content: Invalid mode. Mode must be a string.")
            : Transport.WebSocket;
    }

    /// <summary><c>sync</c> and <c>stream</c> are the names of older clients.</summary>
    private static Transport Named(string name) => name switch
    {
        "websocket" => Transport.WebSocket,
        "http" or "sync" => Transport.Http,
        "sse" or "stream" => Transport.Sse,
        _ => throw Refusals.Invalid($"Invalid content: Invalid transport \"{name}\". Must be one of: http, sse, websocket, sync, stream"),
    };

    private static JsonElement? Given(JsonElement? body, string name) => Refusals.Member(body, name) is { ValueKind: not JsonValueKind.Null } value ? value : null;
}
