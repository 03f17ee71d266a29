using System.Text.Json.Nodes;
using Kith.Http.Tests.Eliza;
using Kith.Http.Tests.Threads;

namespace Kith.Http.Tests;

/// <summary>Whatever is told through one door is known behind all of them.</summary>
public sealed class OneMemoryTests : IAsyncLifetime
{
    /// <summary>That of the agents' door.</summary>
    private const string Workspace = "eliza";

    private readonly KithHost _host = new();
    private readonly string _user = ElizaApi.NewId();
    private AgentDouble? _agent;

    private ThreadApi Threads => new(_host, Workspace);

    public async ValueTask InitializeAsync()
    {
        _agent = await AgentDouble.StartAsync();
        await _host.RegisterAsync(new { name = "Ada", responder_url = _agent.Url });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _agent!.DisposeAsync();
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v2")]
    [InlineData("eliza")]
    [InlineData("threads")]
    public async Task A_fact_told_through_any_door_is_known_of_that_peer_behind_all_of_them(string door)
    {
        await TellAsync(door, "I live in Rome.");
        await _host.IdleAsync(Workspace);

        foreach (var version in new[] { "v3", "v2" })
            Assert.Contains("lives in Rome", (await _host.SendAsync("POST", $"/{version}/workspaces/{Workspace}/peers/{_user}/representation", new { })).Text);
        var asked = await _host.OpenedAsync(user: _user);
        await _host.SayAsync(asked, new { content = "Where should I go?", transport = "http" });
        Assert.Contains("lives in Rome", _agent!.Calls.Last().Json["context"].Text("representation"));
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v2")]
    public async Task What_is_said_into_an_agents_session_is_in_its_history_and_in_what_the_agent_is_told(string version)
    {
        var session = await _host.OpenedAsync(user: _user);
        await _host.SayAsync(session, new { content = "Hello", transport = "http" });
        await PostAsync(version, session, "I live in Rome.");
        await _host.SayAsync(session, new { content = "Where should I go?", transport = "http" });

        string[] said = ["Hello", "You said: Hello", "I live in Rome.", "Where should I go?"];
        var history = await _host.ContentsAsync(session);
        Assert.Equal(["You said: Where should I go?", .. Enumerable.Reverse(said)], history);
        Assert.Equal(said, Contents(_agent!.Calls.Last().Json["context"]!["messages"]!));
        var listed = await _host.SendAsync("POST", $"/v3/workspaces/{Workspace}/sessions/{session}/messages/list");
        Assert.Equal([.. said, "You said: Where should I go?"], Contents(listed.Json!["items"]!));
    }

    [Theory]
    [InlineData("v3")]
    [InlineData("v2")]
    public async Task What_is_said_into_a_thread_is_among_its_messages_and_in_its_history(string version)
    {
        await CreateThreadAsync();
        await Threads.AskAsync("POST", "threads/t/messages", new { role = "user", content = "Hello" });
        await PostAsync(version, "t", "I live in Rome.");
        await Threads.AskAsync("POST", "threads/t/messages", new { role = "assistant", content = "Noted" });

        Assert.Equal(["Hello", "I live in Rome.", "Noted"], await Threads.ContentsAsync("t"));
        Assert.Equal(["Hello", "I live in Rome.", "Noted"], Contents((await Threads.GetAsync("threads/t/history"))["messages"]!));
        Assert.Equal(["Hello", "I live in Rome.", "Noted"], Contents((await _host.SendAsync("POST", $"/v2/workspaces/{Workspace}/sessions/t/messages/list", new { })).Json!["items"]!));
    }

    private async Task TellAsync(string door, string content)
    {
        switch (door)
        {
            case "eliza":
                await _host.SayAsync(await _host.OpenedAsync(user: _user), new { content, transport = "http" });
                break;
            case "threads":
                await CreateThreadAsync();
                await Threads.AskAsync("POST", "threads/t/messages", new { role = "user", content });
                break;
            default:
                await PostAsync(door, "s", content);
                break;
        }
    }

    private Task<JsonNode> CreateThreadAsync() => Threads.AskAsync("POST", "threads", new { workflowName = "chat", threadId = "t", userPeer = _user });

    private async Task PostAsync(string version, string session, string content)
    {
        var reply = await _host.SendAsync("POST", $"/{version}/workspaces/{Workspace}/sessions/{session}/messages", new { messages = new[] { new { content, peer_id = _user } } });
        Assert.True(reply.Code is 200 or 201, reply.Text);
    }

    private static string[] Contents(JsonNode messages) => [.. messages.AsArray().Select(message => message.Text("content"))];
}
