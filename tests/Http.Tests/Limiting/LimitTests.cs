using System.Text.Json;
using Kith.Http.Access;
using Kith.Http.Tests.Eliza;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Limiting;

/// <summary>Rates and budgets as callers meet them at each door.</summary>
public sealed class LimitTests
{
    private const string Messages = """{"messages":[{"content":"one two","peer_id":"p"},{"content":"three","peer_id":"p"}]}""";

    [Fact]
    public async Task A_key_that_asks_too_often_gets_429_in_the_words_of_the_door_and_others_do_not()
    {
        var clock = new ManualClock();
        await using var host = KithHost.At(clock, ("Limits:RequestsPerMinute", "3"), ("Auth:UseAuth", "true"), ("Auth:JwtSecret", "secret"));
        var tokens = host.Services.GetRequiredService<Tokens>();
        var key = tokens.Issue(new Caller(IsAdmin: false, "w"), null);
        var first = await host.SendAsync("GET", "/v1/workspaces/w/settings", key: key);
        Assert.Equal((200, "3", "2", "3;w=60"), (first.Code, Header(first, "RateLimit-Limit"), Header(first, "RateLimit-Remaining"), Header(first, "RateLimit-Policy")));
        for (var i = 0; i < 2; i++)
            await host.SendAsync("GET", "/v1/workspaces/w/settings", key: key);

        var ours = await host.SendAsync("GET", "/v1/workspaces/w/settings", key: key);
        Assert.Equal((429, "rate_limited", "application/problem+json"), (ours.Code, ours.Json!["code"]!.GetValue<string>(), ours.Type));
        Assert.Equal(("0", "20"), (Header(ours, "RateLimit-Remaining"), Header(ours, "Retry-After")));
        var honcho = await host.SendAsync("POST", "/v3/workspaces/w/peers/list", key: key);
        Assert.Equal((429, """{"detail":"Too many requests. Please try again later."}"""), (honcho.Code, honcho.Text));
        var eliza = await host.SendAsync("GET", "/api/messaging/sessions", key: key);
        Assert.Equal((429, false, "RATE_LIMIT_EXCEEDED"), (eliza.Code, eliza.Json!["success"]!.GetValue<bool>(), eliza.Json["error"].Text("code")));

        Assert.Equal(200, (await host.SendAsync("GET", "/v1/workspaces/v/settings", key: tokens.Issue(new Caller(IsAdmin: false, "v"), null))).Code);
        Assert.Equal(200, (await host.SendAsync("GET", "/health")).Code);
        clock.Advance(0.5);
        Assert.Equal(200, (await host.SendAsync("GET", "/v1/workspaces/w/settings", key: key)).Code);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_said_about_one()
    {
        await using var host = new KithHost();
        Assert.False((await host.SendAsync("GET", "/v1/workspaces/w/settings")).Headers.Contains("RateLimit-Limit"));
    }

    [Theory]
    [InlineData("{\"messagesPerDay\":4}")]
    [InlineData("{\"tokensPerDay\":6}")]
    public async Task A_workspace_takes_in_no_more_than_its_budget_of_the_day(string settings)
    {
        var clock = new ManualClock();
        await using var host = KithHost.At(clock);
        await host.SendAsync("PUT", "/v1/workspaces/w/settings", settings);
        const string Path = "/v3/workspaces/w/sessions/s/messages";
        Assert.Equal(201, (await host.SendAsync("POST", Path, Messages)).Code);
        Assert.Equal(201, (await host.SendAsync("POST", Path, Messages)).Code);
        var refused = await host.SendAsync("POST", Path, Messages);
        Assert.Equal(400, refused.Code);
        Assert.Contains("The next day begins at 2026-05-02T00:00:00Z", refused.Text);
        var ours = await host.SendAsync("POST", "/v1/workspaces/w/threads/t/messages?createIfMissing=true", """{"role":"user","content":"x"}""");
        Assert.Equal((400, "budget_exceeded"), (ours.Code, ours.Json!["code"]!.GetValue<string>()));
        Assert.Equal(4, (await host.SendAsync("POST", Path + "/list")).Json!["total"]!.GetValue<int>());
        Assert.Equal(201, (await host.SendAsync("POST", "/v3/workspaces/other/sessions/s/messages", Messages)).Code);
        clock.Advance(12 * 60);
        Assert.Equal(201, (await host.SendAsync("POST", Path, Messages)).Code);
    }

    [Fact]
    public async Task Repetitions_cost_no_budget()
    {
        await using var host = new KithHost();
        await host.SendAsync("PUT", "/v1/workspaces/w/settings", """{"messagesPerDay":2}""");
        var body = JsonSerializer.Serialize(new { messages = new[] { new { content = "a", peer_id = "p", client_id = "1" }, new { content = "b", peer_id = "p", client_id = "2" } } });
        for (var i = 0; i < 3; i++)
            Assert.Equal(201, (await host.SendAsync("POST", "/v3/workspaces/w/sessions/s/messages", body)).Code);
    }

    [Fact]
    public async Task Settings_say_what_was_set()
    {
        await using var host = new KithHost();
        await host.SendAsync("PUT", "/v1/workspaces/w/settings", """{"messagesPerDay":2,"tokensPerDay":9,"dedupeWindowSeconds":5}""");
        var settings = (await host.SendAsync("GET", "/v1/workspaces/w/settings")).Json!;
        Assert.Equal((2, 9, 5), (settings["messagesPerDay"]!.GetValue<int>(), settings["tokensPerDay"]!.GetValue<int>(), settings["dedupeWindowSeconds"]!.GetValue<int>()));
        Assert.Equal(400, (await host.SendAsync("PUT", "/v1/workspaces/w/settings", """{"messagesPerDay":-1}""")).Code);
    }

    private static string? Header(KithHost.Reply reply, string name) => reply.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
