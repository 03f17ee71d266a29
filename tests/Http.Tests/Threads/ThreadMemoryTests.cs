namespace Kith.Http.Tests.Threads;

/// <summary>One memory behind two doors.</summary>
public sealed class ThreadMemoryTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly string _workspace = $"doors-{Guid.NewGuid():N}";

    private ThreadApi Api => new(host, _workspace);

    [Fact]
    public async Task A_fact_told_through_a_thread_is_in_the_Honcho_representation()
    {
        await CreateAsync();
        await Api.AskAsync("POST", "threads/t/messages", new { role = "user", content = "I live in Berlin." });
        await Api.AskAsync("POST", "threads/t/messages", new { role = "assistant", content = "I live in a computer." });
        await SettleAsync();

        Assert.Contains("Berlin", await RepresentationAsync("alice"));
        Assert.Equal("", await RepresentationAsync("assistant"));
    }

    [Fact]
    public async Task A_fact_told_through_Honcho_is_a_message_of_the_thread()
    {
        await CreateAsync();
        await Api.AskAsync("POST", "threads/t/messages", new { role = "user", content = "Hello", files = new[] { "a.py" }, modelName = "m" });
        await host.SendAsync("POST", $"/v3/workspaces/{_workspace}/sessions/t/messages", new
        {
            messages = new object[]
            {
                new { peer_id = "alice", content = "I moved to Rome.", metadata = new { from = "v3" } },
                new { peer_id = "assistant", content = "Congratulations" },
                new { peer_id = "carol", content = "Me too" },
            },
        });
        var messages = (await Api.GetAsync("threads/t/messages"))["messages"]!.AsArray();

        Assert.Equal(
            [("user", "alice", "Hello", 1), ("user", "alice", "I moved to Rome.", 2), ("assistant", "assistant", "Congratulations", 3), ("user", "carol", "Me too", 4)],
            messages.Select(message => ((string)message!["role"]!, (string)message["peer"]!, (string)message["content"]!, (int)message["sequence"]!)));
        Assert.Equal("""{"from":"v3"}""", messages[1]!["metadata"]!.ToJsonString());
        await SettleAsync();
        Assert.Contains("Rome", await RepresentationAsync("alice"));
    }

    [Fact]
    public async Task Honcho_shows_a_thread_as_a_session_without_what_is_the_threads_own()
    {
        await CreateAsync();
        await Api.AskAsync("POST", "threads/t/messages", new { role = "user", content = "Hello", files = new[] { "a.py" }, metadata = new { k = 1 } });
        var sessions = (await host.SendAsync("POST", $"/v3/workspaces/{_workspace}/sessions/list")).Json!["items"]!.AsArray();
        Assert.Equal(["t"], sessions.Select(session => (string)session!["id"]!));
        Assert.Equal(["id", "is_active", "workspace_id", "metadata", "configuration", "created_at"], sessions[0]!.AsObject().Select(member => member.Key));
        var message = (await host.SendAsync("POST", $"/v3/workspaces/{_workspace}/sessions/t/messages/list")).Json!["items"]![0]!;
        Assert.Equal(("""{"k":1}""", false), (message["metadata"]!.ToJsonString(), message.AsObject().ContainsKey("files")));
    }

    [Fact]
    public async Task A_thread_deleted_through_Honcho_is_gone()
    {
        await CreateAsync();
        Assert.Equal(202, (await host.SendAsync("DELETE", $"/v3/workspaces/{_workspace}/sessions/t")).Code);
        Assert.Equal(404, (await Api.SendAsync("GET", "threads/t")).Code);
        Assert.Empty(await Api.IdsAsync("threads"));
    }

    [Fact]
    public async Task A_plain_session_is_no_thread()
    {
        await host.SendAsync("POST", $"/v3/workspaces/{_workspace}/sessions", new { id = "plain" });
        Assert.Equal(404, (await Api.SendAsync("GET", "threads/plain")).Code);
        Assert.Equal(404, (await Api.SendAsync("POST", "threads/plain/messages?createIfMissing=true", new { role = "user", content = "x" })).Code);
        Assert.Equal(409, (await Api.SendAsync("POST", "threads", new { workflowName = "chat", threadId = "plain" })).Code);
    }

    private Task CreateAsync() => Api.AskAsync("POST", "threads", new { workflowName = "chat", threadId = "t", userPeer = "alice" });

    private async Task<string> RepresentationAsync(string peer) =>
        (string)(await host.SendAsync("POST", $"/v3/workspaces/{_workspace}/peers/{peer}/representation", new { })).Json!["representation"]!;

    private async Task SettleAsync()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var units = (await host.SendAsync("GET", $"/v3/workspaces/{_workspace}/queue/status")).Json!;
            if ((int)units["pending_work_units"]! + (int)units["in_progress_work_units"]! == 0)
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The queue did not drain.");
    }
}
