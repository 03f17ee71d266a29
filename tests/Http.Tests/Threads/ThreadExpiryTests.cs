namespace Kith.Http.Tests.Threads;

/// <summary>Expiry as clients see it, with the worker running.</summary>
public sealed class ThreadExpiryTests
{
    [Fact]
    public async Task An_expired_thread_is_gone_from_every_route_and_its_messages_from_the_store()
    {
        var clock = new ManualClock();
        await using var host = KithHost.At(clock);
        var api = new ThreadApi(host, "w");
        foreach (var id in new[] { "old", "busy" })
        {
            await api.AskAsync("POST", "threads", new { workflowName = "chat", threadId = id });
            await api.SayAsync(id, "I live in Berlin.");
        }

        clock.Advance(minutes: 71 * 60);
        await api.SayAsync("busy", "Still here");
        clock.Advance(minutes: 2 * 60);

        foreach (var (method, path) in new[] { ("GET", ""), ("GET", "/messages"), ("GET", "/history"), ("GET", "/summary"), ("GET", "/state"), ("GET", "/chain"), ("GET", "/children"), ("POST", "/complete"), ("POST", "/reopen") })
        {
            var reply = await api.SendAsync(method, $"threads/old{path}");
            Assert.Equal((410, "expired"), (reply.Code, (string)reply.Json!["code"]!));
        }

        Assert.Equal(410, (await api.SendAsync("POST", "threads/old/messages", new { role = "user", content = "Hello?" })).Code);
        Assert.Equal(404, (await api.SendAsync("GET", "threads/never")).Code);
        Assert.Equal(["busy"], await api.IdsAsync("threads"));
        Assert.Equal(1, (int)(await api.GetAsync("threads:statistics"))["totalThreads"]!);

        await Eventually.SeeAsync(async () => (int)(await host.SendAsync("POST", "/v3/workspaces/w/sessions/old/messages/list")).Json!["total"]!, left => left == 0);
        Assert.Equal(410, (await api.SendAsync("GET", "threads/old")).Code);
        Assert.Contains("Berlin", (string)(await host.SendAsync("POST", "/v3/workspaces/w/peers/user/representation", new { })).Json!["representation"]!);
    }
}
