namespace Kith.Http.Tests.Hooks;

/// <summary>One person on two platforms, by HTTP.</summary>
public sealed class LinkRouteTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly HookApi _api = new(host);

    [Fact]
    public async Task A_person_on_Slack_and_Telegram_is_one_by_a_call_and_two_again_by_another()
    {
        await _api.SlackAsync(await _api.SlackAsync(), HookApi.SlackMessage("U1", "I live in Rome."));
        await _api.TelegramAsync(await _api.TelegramAsync(), HookApi.TelegramMessage(7, "I love tea."));
        var links = $"/v1/workspaces/{_api.Workspace}/peers/ann/links";
        Assert.Equal(201, (await host.SendAsync("POST", links, new { peer = "slack_U1" })).Code);
        Assert.Equal(201, (await host.SendAsync("POST", links, new { peer = "telegram_7" })).Code);
        Assert.Equal(200, (await host.SendAsync("POST", links, new { peer = "telegram_7" })).Code);
        foreach (var peer in new[] { "ann", "slack_U1", "telegram_7" })
        {
            var known = await _api.KnownAsync(peer);
            Assert.Contains("Rome", known, StringComparison.Ordinal);
            Assert.Contains("tea", known, StringComparison.Ordinal);
        }

        Assert.Equal(["slack_U1", "telegram_7"], (await host.SendAsync("GET", links)).Json!.AsArray().Select(link => link!["peer"]!.GetValue<string>()));
        Assert.Equal(204, (await host.SendAsync("DELETE", $"{links}/telegram_7")).Code);
        Assert.Equal(404, (await host.SendAsync("DELETE", $"{links}/telegram_7")).Code);
        Assert.DoesNotContain("tea", await _api.KnownAsync("slack_U1"), StringComparison.Ordinal);
        Assert.DoesNotContain("Rome", await _api.KnownAsync("telegram_7"), StringComparison.Ordinal);
        Assert.Contains("tea", await _api.KnownAsync("telegram_7"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"peer":"ann"}""", 400)]
    [InlineData("""{"peer":"a b"}""", 400)]
    [InlineData("""{"person":"x"}""", 400)]
    [InlineData("[]", 400)]
    public async Task What_cannot_be_linked_is_refused(string body, int status) =>
        Assert.Equal(status, (await host.SendAsync("POST", $"/v1/workspaces/{_api.Workspace}/peers/ann/links", body)).Code);
}
