using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Hooks;

public sealed class DiscordHookTests(KithHost host) : IClassFixture<KithHost>
{
    private static readonly Ed25519Signer Signer = new(42);

    private readonly HookApi _api = new(host);

    [Fact]
    public async Task A_ping_is_answered_and_a_bad_signature_is_401_without_a_word()
    {
        var path = await ConnectAsync();
        var ping = new JsonObject { ["type"] = 1, ["application_id"] = "77", ["id"] = "1" };
        var pong = await SendAsync(path, ping);
        Assert.Equal((200, """{"type":1}""", "application/json"), (pong.Code, pong.Text, pong.Type));
        var body = Encoding.UTF8.GetBytes(ping.ToJsonString());
        var (timestamp, other) = (Now(), "1700000000");
        var signature = Sign(timestamp, body);
        foreach (var (name, time, bytes) in new[]
        {
            (signature, other, body), (signature, timestamp, [.. body, (byte)' ']), (Sign(timestamp, body, new Ed25519Signer(43)), timestamp, body), (Sign(other, body), other, body),
            ("", timestamp, body), (signature[..^2], timestamp, body), (signature + "00", timestamp, body), (new string('z', 128), timestamp, body), (signature, "", body),
        })
        {
            var refused = await _api.SendAsync(path, bytes, "application/json", ("X-Signature-Ed25519", name), ("X-Signature-Timestamp", time));
            Assert.Equal((401, ""), (refused.Code, refused.Text));
        }

        Assert.Equal(401, (await host.SendAsync("POST", path, ping.ToJsonString())).Code);
        Assert.Equal(200, (await _api.SendAsync(path, body, "application/json", ("X-Signature-Ed25519", signature.ToUpperInvariant()), ("X-Signature-Timestamp", timestamp))).Code);
    }

    [Fact]
    public async Task Webhook_events_are_acknowledged_with_204_and_messages_of_lobbies_kept()
    {
        var path = await ConnectAsync();
        var ping = await SendAsync(path, new JsonObject { ["version"] = 1, ["application_id"] = "77", ["type"] = 0 });
        Assert.Equal((204, "", "application/json"), (ping.Code, ping.Text, ping.Type));
        var message = new JsonObject { ["id"] = "1240000000000000000", ["content"] = "I live in Rome, <@5>.", ["lobby_id"] = "9", ["author"] = new JsonObject { ["id"] = "4", ["username"] = "ann", ["global_name"] = "Ann" }, ["mentions"] = new JsonArray(new JsonObject { ["id"] = "5" }) };
        Assert.Equal(204, (await SendAsync(path, Event("LOBBY_MESSAGE_CREATE", message))).Code);
        Assert.Equal(204, (await SendAsync(path, Event("LOBBY_MESSAGE_CREATE", message))).Code);
        Assert.Equal(["discord_4: I live in Rome, @discord_5."], await _api.ContentsAsync("discord_lobby_9"));
        message["content"] = "I live in Oslo.";
        message["edited_timestamp"] = "2026-01-02T03:04:05+00:00";
        await SendAsync(path, Event("LOBBY_MESSAGE_UPDATE", message));
        Assert.Equal(["discord_4: I live in Oslo."], await _api.ContentsAsync("discord_lobby_9"));
        await SendAsync(path, Event("LOBBY_MESSAGE_DELETE", new JsonObject { ["id"] = "1240000000000000000", ["lobby_id"] = "9" }));
        await Eventually.SeeAsync(() => _api.ContentsAsync("discord_lobby_9"), contents => contents.Length == 0);
        Assert.Equal(204, (await SendAsync(path, Event("APPLICATION_AUTHORIZED", new JsonObject()))).Code);
    }

    [Fact]
    public async Task Remember_stores_what_is_said_once_and_says_so_to_whoever_said_it()
    {
        var path = await ConnectAsync();
        var command = Command("remember", "I live in Rome.");
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(path, command)));
        Assert.All(replies, reply => Assert.Equal((200, """{"type":4,"data":{"content":"Remembered.","flags":64}}"""), (reply.Code, reply.Text)));
        Assert.Equal(["discord_4: I live in Rome."], await _api.ContentsAsync("discord_8_9"));
        Assert.Contains("lives in Rome", await _api.KnownAsync("discord_4"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_command_remembers_the_message_of_whoever_wrote_it()
    {
        var path = await ConnectAsync();
        var command = Command("Remember", null);
        command["data"] = new JsonObject
        {
            ["id"] = "1",
            ["name"] = "Remember",
            ["type"] = 3,
            ["target_id"] = "1240000000000000001",
            ["resolved"] = new JsonObject { ["messages"] = new JsonObject { ["1240000000000000001"] = new JsonObject { ["id"] = "1240000000000000001", ["content"] = "I love tea.", ["author"] = new JsonObject { ["id"] = "6", ["username"] = "bea" } } } },
        };
        Assert.Contains("Remembered", (await SendAsync(path, command)).Text, StringComparison.Ordinal);
        Assert.Equal(["discord_6: I love tea."], await _api.ContentsAsync("discord_8_9"));
    }

    [Fact]
    public async Task Forget_erases_the_asking_persons_own_after_they_confirm()
    {
        var path = await ConnectAsync();
        await SendAsync(path, Command("remember", "I live in Rome."));
        await SendAsync(path, Command("remember", "I live in Paris.", user: "5"));
        var asked = await SendAsync(path, Command("forget", null));
        var buttons = asked.Json!["data"]!["components"]![0]!["components"]!.AsArray();
        Assert.Equal((4, 64, 2), (asked.Json["type"]!.GetValue<int>(), asked.Json["data"]!["flags"]!.GetValue<int>(), buttons.Count));
        var yes = buttons[0]!["custom_id"]!.GetValue<string>();
        Assert.Equal(2, (await _api.MessagesAsync("discord_8_9")).Count);

        // Somebody else's button erases nothing, neither theirs nor mine.
        Assert.Contains("not yours", (await SendAsync(path, Pressed(yes, user: "5"))).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was erased", (await SendAsync(path, Pressed("kith.keep"))).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await _api.MessagesAsync("discord_8_9")).Count);

        Assert.Equal(7, (await SendAsync(path, Pressed(yes))).Json!["type"]!.GetValue<int>());
        await Eventually.SeeAsync(() => _api.ContentsAsync("discord_8_9"), contents => contents is ["discord_5: I live in Paris."]);
        Assert.Equal(200, (await SendAsync(path, Pressed("kith.forget:nobody", user: "nobody"))).Code);
    }

    [Fact]
    public async Task Threads_and_direct_messages_are_told_apart()
    {
        var path = await ConnectAsync("thread");
        var inThread = Command("remember", "In a thread");
        inThread["channel"] = new JsonObject { ["id"] = "55", ["type"] = 11, ["parent_id"] = "9" };
        inThread["channel_id"] = "55";
        await SendAsync(path, inThread);
        var direct = Command("remember", "Between us");
        direct.Remove("guild_id");
        direct["user"] = direct["member"]!["user"]!.DeepClone();
        direct.Remove("member");
        await SendAsync(path, direct);
        Assert.Equal(["discord_4: In a thread"], await _api.ContentsAsync("discord_8_9_55"));
        Assert.Equal(["discord_4: Between us"], await _api.ContentsAsync("discord_9"));
    }

    [Theory]
    [InlineData("""{"type":2}""")]
    [InlineData("""{"type":2,"data":{"name":7,"options":{}},"channel":[],"member":"x"}""")]
    [InlineData("""{"type":3,"data":{"custom_id":"kith.forget:"},"user":{"id":""}}""")]
    [InlineData("""{"type":4,"data":{"name":"recall","options":[{"focused":true}]}}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":99,"event":"x"}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"type":""")]
    public async Task What_is_not_understood_is_no_error_of_the_server(string body)
    {
        var path = await ConnectAsync();
        Assert.InRange((await SendAsync(path, Encoding.UTF8.GetBytes(body))).Code, 200, 499);
        Assert.Equal(200, (await SendAsync(path, new JsonObject { ["type"] = 1 })).Code);
    }

    private async Task<string> ConnectAsync(string sessions = "channel") =>
        HookApi.Path(await _api.CreateAsync(new { platform = "discord", secrets = new { public_key = Convert.ToHexStringLower(Signer.Key) }, settings = new { application_id = "77" }, sessions }));

    private Task<KithHost.Reply> SendAsync(string path, JsonObject body) => SendAsync(path, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private Task<KithHost.Reply> SendAsync(string path, byte[] body)
    {
        var now = Now();
        return _api.SendAsync(path, body, "application/json", ("X-Signature-Ed25519", Sign(now, body)), ("X-Signature-Timestamp", now));
    }

    private static JsonObject Event(string type, JsonObject data) => new()
    {
        ["version"] = 1,
        ["application_id"] = "77",
        ["type"] = 1,
        ["event"] = new JsonObject { ["type"] = type, ["timestamp"] = "2026-01-01T00:00:00.000000", ["data"] = data.DeepClone() },
    };

    private static JsonObject Command(string name, string? text, string user = "4") => new()
    {
        ["id"] = "124000000000000000" + user,
        ["application_id"] = "77",
        ["type"] = 2,
        ["token"] = "token",
        ["guild_id"] = "8",
        ["channel_id"] = "9",
        ["channel"] = new JsonObject { ["id"] = "9", ["type"] = 0 },
        ["member"] = new JsonObject { ["user"] = new JsonObject { ["id"] = user, ["username"] = "ann" }, ["nick"] = "Ann" },
        ["data"] = new JsonObject { ["id"] = "1", ["name"] = name, ["type"] = 1, ["options"] = text is null ? new JsonArray() : new JsonArray(new JsonObject { ["name"] = "text", ["type"] = 3, ["value"] = text }) },
    };

    private static JsonObject Pressed(string button, string user = "4")
    {
        var pressed = Command("", null, user);
        pressed["type"] = 3;
        pressed["data"] = new JsonObject { ["custom_id"] = button, ["component_type"] = 2 };
        return pressed;
    }

    private static string Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Sign(string timestamp, byte[] body, Ed25519Signer? signer = null) => Convert.ToHexStringLower((signer ?? Signer).Sign([.. Encoding.ASCII.GetBytes(timestamp), .. body]));
}
