namespace Kith.Http.Tests.Hooks;

/// <summary>Connections by HTTP: made, looked at, changed, given new secrets, removed.</summary>
public sealed class ConnectionRouteTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly HookApi _api = new(host);

    [Fact]
    public async Task Secrets_are_kept_and_never_returned()
    {
        var created = await _api.CreateAsync(new { platform = "slack", name = "acme", secrets = new { signing_secret = "s3cr3t-one", bot_token = "xoxb-two" }, settings = new { bot_user = "UBOT" }, sessions = "thread", observed = new[] { "slack_U1" }, replies = true, agent = "helper" });
        var id = created["id"]!.GetValue<string>();
        Assert.Equal($"/hooks/slack/{id}", HookApi.Path(created));
        Assert.Equal(("thread", "helper", "acme"), (created["sessions"]!.GetValue<string>(), created["agent"]!.GetValue<string>(), created["name"]!.GetValue<string>()));
        Assert.Equal(["signing_secret", "bot_token"], created["secrets"]!.AsArray().Select(secret => secret!["name"]!.GetValue<string>()));
        foreach (var reply in new[] { await host.SendAsync("GET", _api.Connections), await host.SendAsync("GET", $"{_api.Connections}/{id}"), await host.SendAsync("PATCH", $"{_api.Connections}/{id}", new { name = "other" }), await host.SendAsync("POST", $"{_api.Connections}/{id}/rotate", new { secrets = new { bot_token = "xoxb-three" } }) })
        {
            Assert.Equal(200, reply.Code);
            Assert.DoesNotContain("xoxb", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cr3t", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("sealed", reply.Text, StringComparison.Ordinal);
        }

        // Nor do they lie in the store as they are.
        foreach (var file in Directory.GetFiles(host.DataFolder, "*.db*"))
            Assert.DoesNotContain("s3cr3t-one", await ReadAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_named_changes_and_the_rest_stays()
    {
        var created = await _api.CreateAsync(new { platform = "telegram", secrets = new { secret_token = "t" }, settings = new { bot_username = "a_bot" }, observed = new[] { "telegram_1" } });
        var path = $"{_api.Connections}/{created["id"]}";
        Assert.Equal(("channel", "telegram_bot", false), (created["sessions"]!.GetValue<string>(), created["agent"]!.GetValue<string>(), created["replies"]!.GetValue<bool>()));
        var changed = (await host.SendAsync("PATCH", path, """{"sessions":"day","observed":null,"settings":{"bot_username":""}}""")).Json!;
        Assert.Equal(("day", null, 0), (changed["sessions"]!.GetValue<string>(), changed["observed"], changed["settings"]!.AsObject().Count));
        Assert.Equal("telegram_bot", (await host.SendAsync("GET", path)).Json!["agent"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"platform":"irc"}""", "platform")]
    [InlineData("""{"platform":"slack","secrets":{"password":"x"}}""", "signing_secret")]
    [InlineData("""{"platform":"slack","settings":{"colour":"x"}}""", "bot_user")]
    [InlineData("""{"platform":"slack","sessions":"week"}""", "sessions")]
    [InlineData("""{"platform":"slack","agent":"a b"}""", "agent")]
    [InlineData("""{"platform":"slack","secret":"x"}""", "secret")]
    [InlineData("""{"platform":"slack","secrets":{"signing_secret":""}}""", "signing_secret")]
    [InlineData("{}", "platform")]
    public async Task What_cannot_be_is_refused_with_a_word_on_why(string body, string named)
    {
        var reply = await host.SendAsync("POST", _api.Connections, body);
        Assert.Equal(400, reply.Code);
        Assert.Contains(named, reply.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await host.SendAsync("GET", _api.Connections)).Json!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_removed_connection_is_gone_and_hears_nothing()
    {
        var path = await _api.TelegramAsync();
        Assert.Equal(200, (await _api.TelegramAsync(path, HookApi.TelegramMessage(1, "I live in Rome."))).Code);
        var id = path.Split('/')[^1];
        Assert.Equal(204, (await host.SendAsync("DELETE", $"{_api.Connections}/{id}")).Code);
        Assert.Equal(404, (await host.SendAsync("DELETE", $"{_api.Connections}/{id}")).Code);
        Assert.Equal(404, (await host.SendAsync("GET", $"{_api.Connections}/{id}")).Code);
        Assert.Equal(404, (await _api.TelegramAsync(path, HookApi.TelegramMessage(1, "Hello", id: 2))).Code);
        Assert.Single(await _api.ContentsAsync("telegram_1"));
    }

    [Fact]
    public async Task A_webhook_is_no_connection()
    {
        await host.SendAsync("POST", "/v3/workspaces", new { id = _api.Workspace });
        var webhook = await host.SendAsync("POST", $"/v1/workspaces/{_api.Workspace}/webhooks", new { url = "https://example.com/x" });
        Assert.Equal(404, (await host.SendAsync("GET", $"{_api.Connections}/{webhook.Json!["id"]}")).Code);
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
