using System.Text;

namespace Kith.Http.Tests.Hooks;

/// <summary>Proven payloads that no platform sends: they harm nothing, and the connection goes on.</summary>
public sealed class BadPayloadTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly HookApi _api = new(host);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"type\":")]
    [InlineData("{\"type\":17,\"event\":\"x\",\"message\":[],\"update_id\":{}}")]
    [InlineData("{\"type\":\"event_callback\"}")]
    [InlineData("{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"channel\":{},\"ts\":1}}")]
    [InlineData("{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"channel\":\"C\",\"user\":\"U\",\"text\":{},\"ts\":\"not a time\",\"files\":{\"a\":1}}}")]
    [InlineData("{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"channel\":\"C/../x\",\"user\":\"a b\\u0000c\",\"text\":\"hi\",\"ts\":\"99999999999999999999\"}}")]
    [InlineData("{\"type\":\"event_callback\",\"event\":{\"type\":\"solar_flare\"}}")]
    [InlineData("{\"message\":{\"message_id\":\"x\",\"chat\":{\"id\":1e300},\"from\":{\"id\":-1},\"date\":-1,\"text\":\"hi\"}}")]
    [InlineData("{\"message\":{\"message_id\":1,\"chat\":{\"id\":1},\"from\":{\"id\":1},\"date\":99999999999999,\"text\":\"hi\",\"entities\":[{\"type\":\"mention\",\"offset\":-5,\"length\":2147483648}]}}")]
    [InlineData("{\"message\":{\"message_id\":1,\"chat\":{\"id\":1},\"from\":{\"id\":1},\"date\":1700000000,\"text\":\"\\ud800\"}}")]
    [InlineData("{\"entry\":[{\"changes\":[{\"value\":{\"metadata\":{\"phone_number_id\":1},\"contacts\":[{},{\"wa_id\":[]}],\"messages\":[{},{\"from\":{},\"id\":1},{\"from\":\"1\",\"id\":\"x\",\"timestamp\":\"never\",\"text\":\"body\"}]}}]},7]}")]
    [InlineData("payload=%7B%7D&command=%2Fx&text=%ff")]
    public async Task Wrong_shapes_are_never_an_error_of_the_server(string body)
    {
        var (slack, telegram, whatsApp) = (await _api.SlackAsync(), await _api.TelegramAsync(), await _api.WhatsAppAsync());
        var bytes = Encoding.UTF8.GetBytes(body);
        foreach (var type in new[] { "application/json", "application/x-www-form-urlencoded", "text/plain" })
        {
            Assert.InRange((await _api.SlackAsync(slack, bytes, type)).Code, 200, 499);
            Assert.InRange((await _api.WhatsAppAsync(whatsApp, bytes, type)).Code, 200, 499);
            Assert.InRange((await _api.SendAsync(telegram, bytes, type, ("X-Telegram-Bot-Api-Secret-Token", HookApi.TelegramSecret))).Code, 200, 499);
        }

        Assert.Equal(200, (await _api.SlackAsync(slack, HookApi.SlackMessage("U1", "Still here."))).Code);
        Assert.Equal(200, (await _api.TelegramAsync(telegram, HookApi.TelegramMessage(7, "Still here."))).Code);
        Assert.Equal(200, (await _api.WhatsAppAsync(whatsApp, HookApi.WhatsAppMessage("491", "Still here."))).Code);
        Assert.Contains("whatsapp_491: Still here.", await _api.ContentsAsync("whatsapp_555_491"));
        Assert.Contains("slack_U1: Still here.", await _api.ContentsAsync("slack_T1_C1"));
        Assert.Contains("telegram_7: Still here.", await _api.ContentsAsync("telegram_7"));
    }

    [Fact]
    public async Task Very_long_messages_are_cut_and_more_than_the_limit_is_refused()
    {
        var path = await _api.SlackAsync();
        var emoji = string.Concat(Enumerable.Repeat("🦔", 200_000));
        var message = Encoding.UTF8.GetBytes(HookApi.SlackMessage("U1", "x", channel: "C2").ToJsonString().Replace("\"x\"", $"\"{emoji}\"", StringComparison.Ordinal));
        Assert.InRange(message.Length, 800_000, 1024 * 1024);
        Assert.Equal(200, (await _api.SlackAsync(path, message)).Code);
        var stored = Assert.Single(await _api.MessagesAsync("slack_T1_C2"))!;
        Assert.Equal((25_000, true), (stored["content"]!.GetValue<string>().EnumerateRunes().Count(), stored["metadata"]!["truncated"]!.GetValue<bool>()));

        Assert.Equal((413, ""), ((await _api.SlackAsync(path, new byte[(1024 * 1024) + 1])).Code, (await _api.SlackAsync(path, new byte[(1024 * 1024) + 1])).Text));
        Assert.Equal(200, (await _api.SlackAsync(path, HookApi.SlackMessage("U1", "Still here.", "1700000009.000100"))).Code);
    }

    [Fact]
    public async Task A_GET_is_answered_only_where_the_platform_sends_one()
    {
        Assert.Equal((405, ""), ((await host.SendAsync("GET", await _api.SlackAsync())).Code, (await host.SendAsync("GET", await _api.TelegramAsync())).Text));
        Assert.Equal(404, (await host.SendAsync("GET", "/hooks/slack/none")).Code);
    }
}
