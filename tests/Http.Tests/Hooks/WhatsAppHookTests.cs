using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Hooks;

public sealed class WhatsAppHookTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly HookApi _api = new(host);

    [Fact]
    public async Task The_handshake_needs_the_token()
    {
        var path = await _api.WhatsAppAsync();
        var reply = await host.SendAsync("GET", $"{path}?hub.mode=subscribe&hub.verify_token=verify%20me&hub.challenge=1158201444");
        Assert.Equal((200, "1158201444", "text/plain; charset=utf-8"), (reply.Code, reply.Text, reply.Type));
        foreach (var query in new[] { "", "?hub.mode=subscribe&hub.challenge=1", "?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1", "?hub.mode=unsubscribe&hub.verify_token=verify%20me&hub.challenge=1", "?hub.mode=subscribe&hub.verify_token=verify%20me" })
            Assert.Equal((403, ""), ((await host.SendAsync("GET", path + query)).Code, (await host.SendAsync("GET", path + query)).Text));
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_refused_and_emoji_are_signed_as_they_come()
    {
        var path = await _api.WhatsAppAsync();
        // As the platform writes it, and as a serialiser would write it again.
        var body = Encoding.UTF8.GetBytes(HookApi.WhatsAppMessage("4911", "🦔 Ich wohne in Köln").ToJsonString().Replace("\\uD83E\\uDD94", "\\ud83e\\udd94", StringComparison.Ordinal));
        for (var i = 0; i < body.Length; i += 11)
        {
            var changed = (byte[])body.Clone();
            changed[i] ^= 4;
            var signature = "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(HookApi.WhatsAppSecret), body));
            Assert.Equal(401, (await _api.SendAsync(path, changed, "application/json", ("X-Hub-Signature-256", signature))).Code);
        }

        Assert.Equal(401, (await _api.WhatsAppAsync(path, body, secret: HookApi.WhatsAppSecret + "x")).Code);
        Assert.Equal(401, (await _api.SendAsync(path, body, "application/json")).Code);
        Assert.Equal(200, (await _api.WhatsAppAsync(path, body)).Code);
        Assert.Equal(["whatsapp_4911: 🦔 Ich wohne in Köln"], await _api.ContentsAsync("whatsapp_555_4911"));
    }

    [Fact]
    public async Task Batches_are_taken_whole_and_repeated_without_effect_and_statuses_dropped()
    {
        var path = await _api.WhatsAppAsync();
        var value = new JsonObject
        {
            ["contacts"] = new JsonArray(new JsonObject { ["profile"] = new JsonObject { ["name"] = "Bea" }, ["wa_id"] = "21" }),
            ["messages"] = new JsonArray(
                Message("21", "wamid.a", "text", new JsonObject { ["body"] = "I live in Rome." }),
                Message("22", "wamid.b", "image", new JsonObject { ["id"] = "media1", ["mime_type"] = "image/jpeg", ["caption"] = "My dog" }),
                Message("22", "wamid.c", "interactive", new JsonObject { ["button_reply"] = new JsonObject { ["title"] = "Yes" } }),
                Message("22", "wamid.d", "reaction", new JsonObject { ["emoji"] = "👍", ["message_id"] = "x" })),
            ["statuses"] = new JsonArray(new JsonObject { ["id"] = "wamid.e", ["status"] = "read" }),
        };
        var batch = HookApi.WhatsAppValue(value);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _api.WhatsAppAsync(path, batch))), reply => Assert.Equal(200, reply.Code));
        Assert.Equal(["whatsapp_21: I live in Rome."], await _api.ContentsAsync("whatsapp_555_21"));
        Assert.Equal(["whatsapp_22: My dog", "whatsapp_22: Yes"], await _api.ContentsAsync("whatsapp_555_22"));
        Assert.Equal("media1", (await _api.MessagesAsync("whatsapp_555_22"))[0]!["metadata"]!["attachments"]![0]!["id"]!.GetValue<string>());
        var peers = await host.SendAsync("POST", $"/v3/workspaces/{_api.Workspace}/peers/list", new { filters = new { id = "whatsapp_21" } });
        Assert.Equal("Bea", peers.Json!["items"]![0]!["metadata"]!["display_name"]!.GetValue<string>());
    }

    private static JsonObject Message(string from, string id, string type, JsonObject content) => new() { ["from"] = from, ["id"] = id, ["timestamp"] = "1700000000", ["type"] = type, [type] = content };
}
