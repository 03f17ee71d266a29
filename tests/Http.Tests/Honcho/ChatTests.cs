namespace Kith.Http.Tests.Honcho;

public sealed class ChatTests(ChatTests.Fixture fixture) : IClassFixture<ChatTests.Fixture>
{
    [Fact]
    public async Task An_answer_says_which_reasoner_made_it()
    {
        var reply = await fixture.AskAsync("peers/alice/chat", new { query = "Where do I live?" });
        Assert.Equal("extractive", reply.Headers.GetValues("X-Kith-Reasoner").Single());
        Assert.Contains("Berlin", reply.Json!["content"]!.GetValue<string>());
        Assert.Equal(["content"], reply.Json!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Evidence_comes_when_it_is_asked_for()
    {
        var evidence = (await fixture.AskAsync("peers/alice/chat", new { query = "Where do I live?", include_evidence = true })).Json!["evidence"]!.AsObject();
        Assert.Equal(["conclusions", "messages", "tool_calls", "reasoning_trace_id"], evidence.Select(member => member.Key));
        Assert.NotEmpty(evidence["tool_calls"]!.AsArray());
    }

    [Fact]
    public async Task A_stream_is_lines_of_data_and_an_end()
    {
        var reply = await fixture.AskAsync("peers/alice/chat", new { query = "Where do I live?", stream = true, include_evidence = true });
        Assert.Equal((200, "text/event-stream; charset=utf-8"), (reply.Code, reply.Type));
        var events = reply.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(events, line => Assert.StartsWith("data: {", line));
        Assert.All(events[..^1], line => Assert.EndsWith("\"done\":false}", line));
        Assert.StartsWith("""data: {"done":true,"evidence":{"conclusions":[""", events[^1]);
        Assert.DoesNotContain('\r', reply.Text);
    }

    [Fact]
    public async Task A_stream_without_evidence_ends_with_done_alone() =>
        Assert.EndsWith("data: {\"done\":true}\n\n", (await fixture.AskAsync("peers/alice/chat", new { query = "Where do I live?", stream = true })).Text);

    [Fact]
    public async Task A_whole_workspace_can_be_asked() =>
        Assert.Contains("Berlin", (await fixture.AskAsync("chat", new { query = "Where does alice live?" })).Json!["content"]!.GetValue<string>());

    [Fact]
    public async Task An_answer_of_a_shape_is_JSON_text()
    {
        var format = new { type = "object", properties = new { city = new { type = "string" } }, required = new[] { "city" } };
        var content = (await fixture.AskAsync("peers/alice/chat", new { query = "Where do I live?", response_format = format })).Json!["content"]!.GetValue<string>();
        Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(content)!["city"]);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly KithHost _host = new();

        public async ValueTask InitializeAsync()
        {
            await _host.SendAsync("POST", "/v3/workspaces/chat/sessions/s/messages", new { messages = new[] { new { content = "I live in Berlin.", peer_id = "alice" } } });
            await _host.IdleAsync("chat");
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        public Task<KithHost.Reply> AskAsync(string path, object body) => _host.SendAsync("POST", "/v3/workspaces/chat/" + path, body);
    }
}
