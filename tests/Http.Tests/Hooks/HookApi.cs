using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Hooks;

/// <summary>Connections of a workspace of its own, and events as the platforms send them.</summary>
internal sealed class HookApi(KithHost host)
{
    public const string SlackSecret = "slack-signing-secret";
    public const string WhatsAppSecret = "whatsapp-app-secret";
    public const string TelegramSecret = "telegram_secret-token";

    public string Workspace { get; } = $"w{Guid.NewGuid():N}";

    public string Connections => $"/v1/workspaces/{Workspace}/connections";

    public async Task<JsonNode> CreateAsync(object connection)
    {
        var reply = await host.SendAsync("POST", Connections, connection);
        Assert.True(reply.Code == 201, reply.Text);
        return reply.Json!;
    }

    public async Task<string> SlackAsync(object? settings = null, string sessions = "channel") =>
        Path(await CreateAsync(new { platform = "slack", secrets = new { signing_secret = SlackSecret }, settings = settings ?? new { bot_user = "UBOT" }, sessions }));

    public async Task<string> TelegramAsync(string sessions = "channel") =>
        Path(await CreateAsync(new { platform = "telegram", secrets = new { secret_token = TelegramSecret, bot_token = "99:token" }, settings = new { bot_username = "kith_bot" }, sessions }));

    public async Task<string> WhatsAppAsync() =>
        Path(await CreateAsync(new { platform = "whatsapp", secrets = new { app_secret = WhatsAppSecret, verify_token = "verify me", access_token = "EAA" } }));

    public static string Path(JsonNode connection) => connection["path"]!.GetValue<string>();

    /// <summary>Sends bytes with headers, and no more than that.</summary>
    public Task<KithHost.Reply> SendAsync(string path, byte[] body, string contentType, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return host.SendAsync("POST", path, content, null, headers.ToDictionary(header => header.Name, header => header.Value));
    }

    public Task<KithHost.Reply> SlackAsync(string path, object body, DateTimeOffset? at = null, string secret = SlackSecret) =>
        SlackAsync(path, body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body), "application/json", at, secret);

    public Task<KithHost.Reply> SlackAsync(string path, byte[] body, string contentType, DateTimeOffset? at = null, string secret = SlackSecret)
    {
        var timestamp = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return SendAsync(path, body, contentType, ("X-Slack-Request-Timestamp", timestamp), ("X-Slack-Signature", SlackSignature(secret, timestamp, body)));
    }

    public Task<KithHost.Reply> TelegramAsync(string path, object update, string secret = TelegramSecret) =>
        SendAsync(path, update as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(update), "application/json", ("X-Telegram-Bot-Api-Secret-Token", secret));

    public Task<KithHost.Reply> WhatsAppAsync(string path, object body, string contentType = "application/json", string secret = WhatsAppSecret)
    {
        var bytes = body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body);
        return SendAsync(path, bytes, contentType, ("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes))));
    }

    /// <summary>By another way than the product's.</summary>
    public static string SlackSignature(string secret, string timestamp, byte[] body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body]));

    /// <summary>A message event of the Events API.</summary>
    public static JsonObject SlackMessage(string user, string text, string ts = "1700000000.000100", string channel = "C1", string? thread = null, string channelType = "channel")
    {
        var happened = new JsonObject { ["type"] = "message", ["channel"] = channel, ["channel_type"] = channelType, ["user"] = user, ["text"] = text, ["ts"] = ts };
        if (thread is not null)
            happened["thread_ts"] = thread;
        return SlackEvent(happened);
    }

    public static JsonObject SlackEvent(JsonObject happened) => new()
    {
        ["type"] = "event_callback",
        ["team_id"] = "T1",
        ["api_app_id"] = "A1",
        ["event_id"] = $"Ev{Guid.NewGuid():N}",
        ["event_time"] = 1700000000,
        ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = "T1", ["user_id"] = "UBOT", ["is_bot"] = true }),
        ["event"] = happened,
    };

    public static JsonObject WhatsAppMessage(string from, string text, string id = "wamid.1", string name = "Ann") => WhatsAppValue(new JsonObject
    {
        ["contacts"] = new JsonArray(new JsonObject { ["profile"] = new JsonObject { ["name"] = name }, ["wa_id"] = from }),
        ["messages"] = new JsonArray(new JsonObject { ["from"] = from, ["id"] = id, ["timestamp"] = "1700000000", ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } }),
    });

    public static JsonObject WhatsAppValue(JsonObject value)
    {
        value["messaging_product"] = "whatsapp";
        value["metadata"] = new JsonObject { ["display_phone_number"] = "15550001", ["phone_number_id"] = "555" };
        return new() { ["object"] = "whatsapp_business_account", ["entry"] = new JsonArray(new JsonObject { ["id"] = "1", ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value }) }) };
    }

    public static JsonObject TelegramMessage(long user, string text, long id = 1, long? chat = null, string name = "Ann", long date = 1_700_000_000) => new()
    {
        ["update_id"] = Random.Shared.Next(1, int.MaxValue),
        ["message"] = new JsonObject
        {
            ["message_id"] = id,
            ["from"] = new JsonObject { ["id"] = user, ["is_bot"] = false, ["first_name"] = name },
            ["chat"] = new JsonObject { ["id"] = chat ?? user, ["type"] = chat is null ? "private" : "supergroup" },
            ["date"] = date,
            ["text"] = text,
        },
    };

    public async Task<JsonArray> MessagesAsync(string session) =>
        (await host.SendAsync("POST", $"/v3/workspaces/{Workspace}/sessions/{session}/messages/list", new { })).Json?["items"] as JsonArray ?? [];

    public async Task<string[]> ContentsAsync(string session) => [.. (await MessagesAsync(session)).Select(message => $"{message!["peer_id"]}: {message["content"]}")];

    public async Task<string> KnownAsync(string peer)
    {
        await host.IdleAsync(Workspace);
        return (await host.SendAsync("POST", $"/v3/workspaces/{Workspace}/peers/{peer}/representation", new { })).Json!["representation"]!.GetValue<string>();
    }
}
