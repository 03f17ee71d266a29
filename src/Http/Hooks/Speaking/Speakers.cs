using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Platforms;
using Kith.Http.Hooks.Teams;

namespace Kith.Http.Hooks.Speaking;

/// <summary>The calls of all platforms.</summary>
internal static class Speakers
{
    public static IReadOnlyList<ISpeaker> All { get; } = [new Slack(), new Telegram(), new WhatsApp(), new Discord(), new Teams(), new Twilio()];

    /// <summary><c>chat.postMessage</c>; a refusal has the status of a success.</summary>
    private sealed class Slack : ISpeaker
    {
        public Platform Platform => Platform.Slack;

        public int MostCharacters => 12_000;

        public HttpRequestMessage? Compose(PlatformCall call, string text, string? token, out string? problem)
        {
            if (Secret(call.Connection, "bot_token", out problem) is not { } bot)
                return null;
            var to = new Payload(call.To);
            var body = new JsonObject { ["channel"] = to["channel"].Id, ["text"] = text };
            if (to["thread_ts"].Id is { } thread)
                body["thread_ts"] = thread;
            return Authorized(Post("https://slack.com/api/chat.postMessage", body), bot);
        }

        public string? Problem(Payload answer) => answer["ok"].IsTrue ? null : $"Slack answered {answer["error"].Text ?? "with no word on success"}";
    }

    private sealed class Telegram : ISpeaker
    {
        public Platform Platform => Platform.Telegram;

        public int MostCharacters => 4_096;

        public HttpRequestMessage? Compose(PlatformCall call, string text, string? token, out string? problem)
        {
            if (Secret(call.Connection, "bot_token", out problem) is not { } bot)
                return null;
            var to = new Payload(call.To);
            var body = new JsonObject
            {
                ["chat_id"] = to["chat_id"].Id,
                ["text"] = text,
                ["reply_parameters"] = new JsonObject { ["message_id"] = long.TryParse(to["message_id"].Id, out var message) ? message : null, ["allow_sending_without_reply"] = true },
            };
            if (long.TryParse(to["message_thread_id"].Id, out var topic))
                body["message_thread_id"] = topic;
            return Post($"https://api.telegram.org/bot{bot}/sendMessage", body);
        }

        public string? Problem(Payload answer) => answer["ok"].IsTrue ? null : "Telegram answered that it was not sent";
    }

    private sealed class WhatsApp : ISpeaker
    {
        public Platform Platform => Platform.WhatsApp;

        public int MostCharacters => 4_096;

        public HttpRequestMessage? Compose(PlatformCall call, string text, string? token, out string? problem)
        {
            if (Secret(call.Connection, "access_token", out problem) is not { } access)
                return null;
            var to = new Payload(call.To);
            var body = new JsonObject
            {
                ["messaging_product"] = "whatsapp",
                ["to"] = to["to"].Id,
                ["type"] = "text",
                ["text"] = new JsonObject { ["body"] = text },
                ["context"] = new JsonObject { ["message_id"] = to["message_id"].Id },
            };
            return Authorized(Post($"https://graph.facebook.com/v23.0/{Uri.EscapeDataString(to["phone_number_id"].Id ?? "")}/messages", body), access);
        }
    }

    /// <summary>The answer that an interaction was promised. It has an address of its own, and is there once however often it is put there.</summary>
    private sealed class Discord : ISpeaker
    {
        public Platform Platform => Platform.Discord;

        public int MostCharacters => 2_000;

        public bool IsRepeatable => true;

        public HttpRequestMessage? Compose(PlatformCall call, string text, string? token, out string? problem)
        {
            problem = null;
            var to = new Payload(call.To);
            var address = $"https://discord.com/api/v10/webhooks/{Uri.EscapeDataString(to["application_id"].Id ?? "")}/{Uri.EscapeDataString(to["token"].Id ?? "")}/messages/@original";
            var request = Post(address, new JsonObject { ["content"] = text, ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() } });
            request.Method = HttpMethod.Patch;
            return request;
        }
    }

    private sealed class Teams : ISpeaker
    {
        public Platform Platform => Platform.Teams;

        public int MostCharacters => 20_000;

        public HttpRequestMessage? AskForToken(OpenConnection connection) => connection.Newest("client_secret") is not { } secret ? null
            : new HttpRequestMessage(HttpMethod.Post, $"https://login.microsoftonline.com/{Uri.EscapeDataString(connection.Setting("tenant_id") ?? "botframework.com")}/oauth2/v2.0/token")
            {
                Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", connection.Setting("app_id")), new("client_secret", secret), new("scope", "https://api.botframework.com/.default")]),
            };

        public HttpRequestMessage? Compose(PlatformCall call, string text, string? token, out string? problem)
        {
            var to = new Payload(call.To);
            if (Secret(call.Connection, "client_secret", out problem) is null || token is null)
                return null;
            if (to["service_url"].Text is not { } service || !ServiceAddress.IsServices(service))
            {
                problem = "The address to answer to is not Bot Service's";
                return null;
            }

            var address = $"{service.TrimEnd('/')}/v3/conversations/{Uri.EscapeDataString(to["conversation"].Id ?? "")}/activities/{Uri.EscapeDataString(to["activity"].Id ?? "")}";
            var body = new JsonObject { ["type"] = "message", ["from"] = new JsonObject { ["id"] = to["bot"].Id }, ["replyToId"] = to["activity"].Id, ["text"] = text, ["textFormat"] = "plain" };
            return Authorized(Post(address, body), token);
        }
    }

    private sealed class Twilio : ISpeaker
    {
        public Platform Platform => Platform.Twilio;

        public int MostCharacters => 1_600;

        public HttpRequestMessage? Compose(PlatformCall call, string text, string? token, out string? problem)
        {
            if (Secret(call.Connection, "auth_token", out problem) is not { } secret)
                return null;
            if (call.Connection.Setting("account_sid") is not { } account)
            {
                problem = "The connection has no account_sid";
                return null;
            }

            var to = new Payload(call.To);
            return new HttpRequestMessage(HttpMethod.Post, $"https://api.twilio.com/2010-04-01/Accounts/{Uri.EscapeDataString(account)}/Messages.json")
            {
                Content = new FormUrlEncodedContent([new("From", to["from"].Id), new("To", to["to"].Id), new("Body", text)]),
                Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{secret}"))) },
            };
        }
    }

    private static string? Secret(OpenConnection connection, string name, out string? problem)
    {
        var secret = connection.Newest(name);
        problem = secret is null ? $"The connection has no {name}" : null;
        return secret;
    }

    private static HttpRequestMessage Post(string address, JsonObject body) =>
        new(HttpMethod.Post, address) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static HttpRequestMessage Authorized(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
