using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Eliza;

/// <summary>Spec eliza-sessions §5.3 and §3.4, without anybody who answers.</summary>
public sealed class AgentMessageTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task A_message_is_answered_in_the_words_of_every_server_generation()
    {
        var user = ElizaApi.NewId();
        var id = await host.OpenedAsync(user: user);
        var reply = await host.SayAsync(id, "Hello");
        var sent = reply.Json!;
        Assert.Equal(201, reply.Code);
        Assert.Equal(["success", "id", "content", "authorId", "createdAt", "metadata", "userMessage", "sessionStatus", "data"], sent.AsObject().Select(member => member.Key));
        var data = sent["data"]!.DeepClone();
        sent.AsObject().Remove("data");
        Assert.Equal(sent.ToJsonString(), data.ToJsonString());
        var said = sent["userMessage"]!;
        Assert.Equal(
            ["id", "content", "authorId", "createdAt", "metadata", "channel_id", "message_server_id", "author_id", "created_at", "source_type", "raw_message"],
            said.AsObject().Select(member => member.Key));
        Assert.Equal((sent.Text("id"), user, user, "Hello"), (said.Text("id"), said.Text("authorId"), said.Text("author_id"), said["raw_message"].Text("content")));
        Assert.Equal(ElizaApi.Milliseconds(said), said["created_at"]!.GetValue<long>());
        Assert.Equal(["expiresAt", "renewalCount", "wasRenewed", "isNearExpiration"], sent["sessionStatus"]!.AsObject().Select(member => member.Key));
        Assert.Equal((1, true), (sent["sessionStatus"]!["renewalCount"]!.GetValue<int>(), sent["sessionStatus"]!["wasRenewed"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData(4_000, 201)]
    [InlineData(4_001, 400)]
    public async Task A_message_has_at_most_4000_characters(int length, int status)
    {
        var id = await host.OpenedAsync();
        var reply = await host.SayAsync(id, new string('x', length));
        Assert.Equal(status, reply.Code);
        if (status == 400)
            Assert.Equal("Invalid content: Content exceeds maximum length of 4000 characters", reply.Json!["error"].Text("message"));
    }

    [Theory]
    [InlineData("""{"content":""}""", "Invalid content: Content cannot be empty")]
    [InlineData("""{"content":"\u0000"}""", "Invalid content: Content cannot be empty")]
    [InlineData("{}", "Invalid content: Invalid message request format")]
    [InlineData("""{"content":7}""", "Invalid content: Invalid message request format")]
    [InlineData("""{"content":"x","metadata":[]}""", "Invalid content: Invalid message request format")]
    [InlineData("""{"content":"x","attachments":"file"}""", "Invalid content: Invalid message request format")]
    [InlineData("""{"content":"x","metadata":{"a":1e999}}""", "Invalid metadata: Numbers must lie within the range of a 64-bit floating point number")]
    [InlineData(null, "Invalid content: Invalid message request format")]
    [InlineData("\"text\"", "Invalid content: Invalid message request format")]
    [InlineData("""{"content":"x","transport":"pigeon"}""", "Invalid content: Invalid transport \"pigeon\". Must be one of: http, sse, websocket, sync, stream")]
    [InlineData("""{"content":"x","transport":5}""", "Transport must be a string.")]
    [InlineData("""{"content":"x","mode":"often"}""", "Invalid transport \"often\"")]
    public async Task A_bad_message_is_refused_and_leaves_no_trace(string? body, string message)
    {
        var id = await host.OpenedAsync();
        var before = (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!;
        var reply = await host.SendAsync("POST", $"{ElizaApi.Sessions}/{id}/messages", body);
        Assert.Equal((400, "VALIDATION_ERROR"), reply.Refusal());
        Assert.Contains(message, reply.Json!["error"].Text("message"));
        Assert.Empty(await host.ContentsAsync(id));
        var after = (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!;
        Assert.Equal((before.Text("lastActivity"), 0), (after.Text("lastActivity"), after["renewalCount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Metadata_of_a_message_has_a_limit_too()
    {
        var id = await host.OpenedAsync();
        Assert.Equal(400, (await host.SayAsync(id, new { content = "x", metadata = new { a = new string('x', 10_240) } })).Code);
    }

    [Theory]
    [InlineData("""{"content":"x","transport":"pigeon"}""", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"content":""}""", 404)]
    public async Task The_shape_is_checked_before_the_session_and_the_content_after(string body, int status) =>
        Assert.Equal(status, (await host.SendAsync("POST", $"{ElizaApi.Sessions}/{ElizaApi.NewId()}/messages", body)).Code);

    [Theory]
    [InlineData("""{"content":"x"}""")]
    [InlineData("""{"content":"x","transport":"websocket"}""")]
    [InlineData("""{"content":"x","transport":"http"}""")]
    [InlineData("""{"content":"x","mode":"sync"}""")]
    [InlineData("""{"content":"x","mode":"websocket"}""")]
    [InlineData("""{"content":"x","transport":"http","mode":"stream"}""")]
    [InlineData("""{"content":"   ","transport":null}""")]
    public async Task Where_nobody_answers_a_message_is_stored_and_has_no_reply(string body)
    {
        var id = await host.OpenedAsync();
        var reply = await host.SendAsync("POST", $"{ElizaApi.Sessions}/{id}/messages", body);
        Assert.Equal(201, reply.Code);
        Assert.Null(reply.Json!["agentResponse"]);
        Assert.Single(await host.ContentsAsync(id));
    }

    [Fact]
    public async Task A_message_carries_the_metadata_of_its_session_overlaid_by_its_own()
    {
        var id = await host.OpenedAsync(metadata: new { platform = "web", tier = "free", sessionId = "forged" });
        await host.SayAsync(id, new { content = "x", metadata = new { tier = "paid", n = 1 } });
        var message = (await host.HistoryAsync(id)).Json!["messages"]![0]!;
        Assert.Equal(["id", "content", "authorId", "isAgent", "createdAt", "metadata"], message.AsObject().Select(member => member.Key));
        var metadata = message["metadata"]!;
        Assert.Equal((id, ElizaApi.Agent, "web", "paid", 1), (metadata.Text("sessionId"), metadata.Text("agentId"), metadata.Text("platform"), metadata.Text("tier"), metadata["n"]!.GetValue<int>()));
        Assert.Equal(30, metadata["timeoutConfig"]!["timeoutMinutes"]!.GetValue<int>());
        Assert.Null(metadata["thought"]);
    }

    [Fact]
    public async Task Attachments_come_back_with_the_history()
    {
        var id = await host.OpenedAsync();
        await host.SayAsync(id, new { content = "look", attachments = new[] { new { type = "image", url = "https://example.com/image.jpg", name = "screenshot.jpg" } } });
        var message = (await host.HistoryAsync(id)).Json!["messages"]![0]!;
        Assert.Equal("""[{"type":"image","url":"https://example.com/image.jpg","name":"screenshot.jpg"}]""", message["metadata"]!["attachments"]!.ToJsonString());
    }

    [Fact]
    public async Task Two_hundred_messages_at_once_are_all_stored_each_in_a_millisecond_of_its_own()
    {
        var id = await host.OpenedAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.SayAsync(id, $"{i}")));
        Assert.All(replies, reply => Assert.Equal(201, reply.Code));
        var all = await host.AllAsync(id, 30);
        Assert.Equal(200, all.Select(message => message.Text("content")).Distinct().Count());
        Assert.Equal(200, all.Select(ElizaApi.Milliseconds).Distinct().Count());
        Assert.Equal(200, (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!["renewalCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_stream_without_anybody_who_answers_ends_at_once()
    {
        var id = await host.OpenedAsync();
        var reply = await host.SayAsync(id, new { content = "x", transport = "sse" });
        Assert.Equal((200, "text/event-stream", "no-cache"), (reply.Code, reply.Type, reply.Headers.CacheControl!.ToString()));
        Assert.Equal(["user_message", "done"], SseEvent.Parse(reply.Text).Select(part => part.Name));
    }

    [Theory]
    [InlineData("""{"content":"x","transport":"sse","metadata":3}""")]
    [InlineData("""{"transport":"sse"}""")]
    public async Task What_a_stream_is_refused_for_is_JSON(string body)
    {
        var id = await host.OpenedAsync();
        Assert.Equal((400, "VALIDATION_ERROR"), (await host.SendAsync("POST", $"{ElizaApi.Sessions}/{id}/messages", body)).Refusal());
    }
}

/// <summary>One event of a stream.</summary>
internal sealed record SseEvent(string Name, JsonNode Data)
{
    public static SseEvent[] Parse(string text) =>
    [
        .. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('\n') is [var name, var data]
            ? new SseEvent(name["event: ".Length..], JsonNode.Parse(data["data: ".Length..])!)
            : throw new FormatException(part)),
    ];
}
