namespace Kith.Http.Tests.Eliza;

/// <summary>Spec eliza-sessions §6, on a clock that is moved by hand.</summary>
public sealed class LifetimeTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private KithHost _host = null!;

    public ValueTask InitializeAsync()
    {
        _host = KithHost.At(_clock);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/messages")]
    [InlineData("POST", "/messages")]
    [InlineData("POST", "/renew")]
    [InlineData("POST", "/heartbeat")]
    [InlineData("PATCH", "/timeout")]
    [InlineData("DELETE", "")]
    public async Task An_expired_session_is_gone_once_and_not_found_from_then_on(string method, string path)
    {
        var id = await _host.OpenedAsync(new { timeoutMinutes = 10 });
        _clock.Advance(10);
        object? body = method is "POST" or "PATCH" ? new { content = "x" } : null;
        var first = await _host.SendAsync(method, $"{ElizaApi.Sessions}/{id}{path}", body);
        Assert.Equal((410, "SESSION_EXPIRED"), first.Refusal());
        Assert.Equal($"Session '{id}' expired at 2026-05-01T12:10:00.000Z", first.Json!["error"].Text("message"));
        Assert.Equal((404, "SESSION_NOT_FOUND"), (await _host.SendAsync(method, $"{ElizaApi.Sessions}/{id}{path}", body)).Refusal());
    }

    [Fact]
    public async Task What_nobody_touches_is_swept_five_minutes_after_its_end()
    {
        var id = await _host.OpenedAsync(new { timeoutMinutes = 10 });
        _clock.Advance(12);
        var stats = (await _host.SendAsync("GET", ElizaApi.Sessions)).Json!;
        Assert.Equal("""{"sessions":[],"total":0,"stats":{"totalSessions":1,"activeSessions":0,"expiredSessions":1}}""", stats.ToJsonString());
        _clock.Advance(3);
        Assert.Equal((404, "SESSION_NOT_FOUND"), (await _host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Refusal());
        stats = (await _host.SendAsync("GET", ElizaApi.Sessions)).Json!;
        Assert.Equal(0, stats["stats"]!["totalSessions"]!.GetValue<int>());
    }

    [Fact]
    public async Task Messages_keep_a_session_alive_up_to_its_maximal_duration()
    {
        var id = await _host.OpenedAsync(new { timeoutMinutes = 10, maxDurationMinutes = 25 });
        _clock.Advance(9);
        Assert.Equal("2026-05-01T12:19:00.000Z", (await _host.SayAsync(id, "a")).Json!["sessionStatus"].Text("expiresAt"));
        _clock.Advance(9);
        Assert.Equal("2026-05-01T12:25:00.000Z", (await _host.SayAsync(id, "b")).Json!["sessionStatus"].Text("expiresAt"));
        _clock.Advance(7);
        Assert.Equal((400, "SESSION_RENEWAL_FAILED"), (await _host.SendAsync("POST", $"{ElizaApi.Sessions}/{id}/renew")).Refusal());
        Assert.Equal((410, "SESSION_EXPIRED"), (await _host.SayAsync(id, "c")).Refusal());
    }

    [Fact]
    public async Task A_session_that_does_not_renew_itself_ends_as_it_was_created()
    {
        var id = await _host.OpenedAsync(new { timeoutMinutes = 10, autoRenew = false });
        _clock.Advance(9);
        var status = (await _host.SayAsync(id, "a")).Json!["sessionStatus"]!;
        Assert.Equal(("2026-05-01T12:10:00.000Z", false, 0), (status.Text("expiresAt"), status["wasRenewed"]!.GetValue<bool>(), status["renewalCount"]!.GetValue<int>()));
        var info = (await _host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!;
        Assert.Equal("2026-05-01T12:09:00.000Z", info.Text("lastActivity"));
        _clock.Advance(1);
        Assert.Equal(410, (await _host.SayAsync(id, "b")).Code);
    }

    [Fact]
    public async Task Near_its_end_a_session_says_so_and_is_counted()
    {
        var id = await _host.OpenedAsync(new { timeoutMinutes = 10, warningThresholdMinutes = 3 });
        _clock.Advance(6.9);
        Assert.False((await _host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!["isNearExpiration"]!.GetValue<bool>());
        _clock.Advance(0.1);
        var info = (await _host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!;
        Assert.Equal((true, 180_000), (info["isNearExpiration"]!.GetValue<bool>(), info["timeRemaining"]!.GetValue<long>()));
        Assert.Equal(1, (await _host.SendAsync("GET", $"{ElizaApi.Sessions}/health")).Json!["expiringSoon"]!.GetValue<int>());
        await _host.SendAsync("POST", $"{ElizaApi.Sessions}/{id}/heartbeat");
        Assert.Equal(0, (await _host.SendAsync("GET", $"{ElizaApi.Sessions}/health")).Json!["expiringSoon"]!.GetValue<int>());
    }

    [Fact]
    public async Task Reading_renews_nothing()
    {
        var id = await _host.OpenedAsync(new { timeoutMinutes = 10 });
        _clock.Advance(9);
        await _host.HistoryAsync(id);
        await _host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}");
        _clock.Advance(1);
        Assert.Equal(410, (await _host.HistoryAsync(id)).Code);
    }

    [Fact]
    public async Task Timeouts_that_are_over_already_end_a_session()
    {
        var id = await _host.OpenedAsync(new { timeoutMinutes = 60 });
        _clock.Advance(50);
        var info = (await _host.SendAsync("PATCH", $"{ElizaApi.Sessions}/{id}/timeout", new { timeoutMinutes = 5, autoRenew = false })).Json!;
        Assert.Equal(0, info["timeRemaining"]!.GetValue<long>());
        Assert.Equal(410, (await _host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Code);
    }

    [Fact]
    public async Task The_agents_timeouts_come_before_the_defaults_and_after_the_requests()
    {
        await _host.RegisterAsync(new { name = "Short", timeouts = new { timeout_minutes = 8, warning_threshold_minutes = 2 } });
        var session = (await _host.OpenAsync(new { warningThresholdMinutes = 4 })).Json!;
        Assert.Equal("""{"timeoutMinutes":8,"autoRenew":true,"maxDurationMinutes":720,"warningThresholdMinutes":4}""", session["timeoutConfig"]!.ToJsonString());
    }

    [Fact]
    public async Task Messages_said_at_one_instant_have_times_of_their_own()
    {
        var id = await _host.OpenedAsync();
        for (var i = 0; i < 5; i++)
            await _host.SayAsync(id, $"{i}");
        var all = await _host.AllAsync(id, 1);
        Assert.Equal(["4", "3", "2", "1", "0"], all.Select(message => message.Text("content")));
        Assert.Equal("2026-05-01T12:00:00.004Z", all[0].Text("createdAt"));
    }
}
