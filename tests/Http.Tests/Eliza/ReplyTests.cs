using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Eliza;

/// <summary>How agents answer: by a responder of their own, or from Kith's memory.</summary>
public sealed class ReplyTests
{
    [Fact]
    public async Task A_responder_answers_the_waiting_caller_and_its_answer_is_stored()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Echo", instructions = "Be brief.", responder_url = agent.Url, responder_secret = "s3cret" });
        var user = ElizaApi.NewId();
        var id = await host.OpenedAsync(user: user);
        await host.SayAsync(id, new { content = "First", transport = "http" });
        agent.Answers.Enqueue((200, """{"text":"Hi!","thought":"greet","actions":["REPLY"],"attachments":[{"type":"image","url":"https://x/y.png"}],"simple":true}"""));
        var reply = await host.SayAsync(id, new { content = "Hello", transport = "http" });

        Assert.Equal(201, reply.Code);
        Assert.Equal(("Hi!", "greet"), (reply.Json!["agentResponse"].Text("text"), reply.Json!["data"]!["agentResponse"].Text("thought")));
        var stored = (await host.HistoryAsync(id)).Json!["messages"]!.AsArray();
        Assert.Equal(["Hi!", "Hello", "You said: First", "First"], stored.Select(message => message.Text("content")));
        Assert.Equal((true, ElizaApi.Agent), (stored[0]!["isAgent"]!.GetValue<bool>(), stored[0].Text("authorId")));
        var metadata = stored[0]!["metadata"]!;
        Assert.Equal(("greet", """["REPLY"]""", """[{"type":"image","url":"https://x/y.png"}]"""), (metadata.Text("thought"), metadata["actions"]!.ToJsonString(), metadata["attachments"]!.ToJsonString()));
        Assert.Equal(("Echo", reply.Json.Text("id")), (metadata.Text("agentName"), metadata.Text("inReplyTo")));
    }

    [Fact]
    public async Task A_responder_is_told_the_message_and_what_Kith_knows_and_can_check_who_asks()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Echo", instructions = "Be brief.", responder_url = agent.Url, responder_secret = "s3cret" });
        var user = ElizaApi.NewId();
        await host.SendAsync("POST", "/v3/workspaces/eliza/peers", new { id = user });
        await host.SendAsync("POST", "/v3/workspaces/eliza/conclusions", new { conclusions = new[] { new { content = "keeps bees", observer_id = user, observed_id = user } } });
        var id = await host.OpenedAsync(user: user);
        var sent = await host.SayAsync(id, new { content = "Hello", transport = "http" });

        var call = Assert.Single(agent.Calls);
        Assert.Equal(("eliza", id, user), (call.Json.Text("workspace_id"), call.Json.Text("session_id"), call.Json.Text("user_id")));
        Assert.Equal(("Echo", "Be brief."), (call.Json["agent"].Text("name"), call.Json["agent"].Text("instructions")));
        Assert.Equal((sent.Json.Text("id"), "Hello"), (call.Json["message"].Text("id"), call.Json["message"].Text("content")));
        Assert.Contains("keeps bees", call.Json["context"].Text("representation"));
        Assert.Equal(["Hello"], call.Json["context"]!["messages"]!.AsArray().Select(message => message.Text("content")));
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("s3cret"), Encoding.UTF8.GetBytes(call.Text))), call.Headers["X-Kith-Signature"]);
        Assert.Equal(call.Json.Text("id"), call.Headers["Idempotency-Key"]);
        Assert.DoesNotContain("s3cret", call.Text);
    }

    [Fact]
    public async Task Without_waiting_the_reply_comes_as_a_message()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Echo", responder_url = agent.Url });
        var id = await host.OpenedAsync();
        Assert.Null((await host.SayAsync(id, "Hello")).Json!["agentResponse"]);
        Assert.Equal("You said: Hello", (await host.UntilAsync(id, 2))[0].Text("content"));
        Assert.Single(agent.Calls);
    }

    [Fact]
    public async Task A_stream_brings_the_message_the_fragments_and_the_whole_reply_in_this_order()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Echo", responder_url = agent.Url });
        var id = await host.OpenedAsync();
        foreach (var body in new object[] { new { content = "Hello", transport = "sse" }, new { content = "Hello", mode = "stream" } })
        {
            var events = SseEvent.Parse((await host.SayAsync(id, body)).Text);
            Assert.Equal(["user_message", "chunk", "done"], events.Select(part => part.Name));
            Assert.Equal(("Hello", "You said: Hello", 0), (events[0].Data.Text("content"), events[1].Data.Text("chunk"), events[1].Data["index"]!.GetValue<int>()));
            Assert.Equal("You said: Hello", events[2].Data.Text("text"));
            var stored = (await host.HistoryAsync(id)).Json!["messages"]![0];
            Assert.Equal((events[1].Data.Text("messageId"), true), (stored.Text("id"), stored!["isAgent"]!.GetValue<bool>()));
        }
    }

    [Fact]
    public async Task A_responder_that_fails_once_is_asked_again()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Echo", responder_url = agent.Url });
        agent.Answers.Enqueue((503, "{}"));
        var id = await host.OpenedAsync();
        var reply = await host.SayAsync(id, new { content = "Hello", transport = "http" });
        Assert.Equal("You said: Hello", reply.Json!["agentResponse"].Text("text"));
        Assert.Equal(2, agent.Calls.Count);
    }

    [Theory]
    [InlineData(503, "{}", 2)]
    [InlineData(404, "{}", 1)]
    [InlineData(302, "{}", 1)]
    [InlineData(200, "{bad", 1)]
    [InlineData(200, """{"text":7}""", 1)]
    public async Task A_caller_who_waits_is_told_when_the_agent_cannot_answer(int status, string body, int calls)
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Broken", responder_url = agent.Url });
        var id = await host.OpenedAsync();
        for (var i = 0; i < 2 * calls; i++)
            agent.Answers.Enqueue((status, body));
        Assert.Equal((502, "AGENT_RESPONSE_FAILED"), (await host.SayAsync(id, new { content = "Hello", transport = "http" })).Refusal());
        Assert.Equal(calls, agent.Calls.Count);
        var events = SseEvent.Parse((await host.SayAsync(id, new { content = "Hello", transport = "sse" })).Text);
        Assert.Equal(["user_message", "error"], events.Select(part => part.Name));
        Assert.NotEmpty(events[1].Data.Text("error"));
        Assert.Equal(["Hello", "Hello"], await host.ContentsAsync(id));
    }

    [Fact]
    public async Task A_slow_responder_is_given_up()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = KithHost.With(("Eliza:ResponderSeconds", "0.3"));
        await host.RegisterAsync(new { name = "Slow", responder_url = agent.Url });
        agent.Delay = TimeSpan.FromMinutes(5);
        var id = await host.OpenedAsync();
        var reply = await host.SayAsync(id, new { content = "Hello", transport = "http" });
        Assert.Equal((502, "AGENT_RESPONSE_FAILED"), reply.Refusal());
        Assert.Equal("The agent did not answer within 0.3 seconds", reply.Json!["error"].Text("details"));
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(200, "null")]
    [InlineData(200, """{"text":""}""")]
    public async Task An_agent_may_say_nothing(int status, string body)
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Quiet", responder_url = agent.Url });
        agent.Answers.Enqueue((status, body));
        var id = await host.OpenedAsync();
        var reply = await host.SayAsync(id, new { content = "Hello", transport = "http" });
        Assert.Equal((201, null), (reply.Code, reply.Json!["agentResponse"]));
        Assert.Equal(["Hello"], await host.ContentsAsync(id));
    }

    [Fact]
    public async Task A_reply_in_the_background_is_tried_again_until_the_agent_is_there()
    {
        await using var agent = await AgentDouble.StartAsync();
        // A clock that stands still is the earliest that a timer can be.
        await using var host = KithHost.At(new ManualClock());
        await host.RegisterAsync(new { name = "Waking", responder_url = agent.Url });
        for (var i = 0; i < 2; i++)
            agent.Answers.Enqueue((503, "{}"));
        var id = await host.OpenedAsync();
        await host.SayAsync(id, "Hello");
        Assert.Equal("You said: Hello", (await host.UntilAsync(id, 2))[0].Text("content"));
        Assert.Equal(3, agent.Calls.Count);
        Assert.Single(agent.Calls.Select(call => call.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task A_private_address_is_refused_where_others_can_reach_the_host()
    {
        await using var host = KithHost.With(("Eliza:PrivateResponders", "false"));
        foreach (var url in new[] { "http://127.0.0.1:9/", "http://localhost/", "http://10.0.0.1/", "ftp://example.com/", "nonsense" })
        {
            var reply = await host.SendAsync("PUT", $"/v1/workspaces/eliza/agents/{ElizaApi.Agent}", new { name = "x", responder_url = url });
            Assert.Equal(400, reply.Code);
        }

        Assert.Equal(404, (await host.SendAsync("GET", $"/v1/workspaces/eliza/agents/{ElizaApi.Agent}")).Code);
    }

    [Fact]
    public async Task An_agent_without_a_responder_answers_questions_from_memory_and_notes_the_rest()
    {
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Memory", reasoner = true });
        var user = ElizaApi.NewId();
        var first = await host.OpenedAsync(user: user);
        Assert.Equal("Noted.", (await host.SayAsync(first, new { content = "I live in Lisbon.", transport = "http" })).Json!["agentResponse"].Text("text"));
        var second = await host.OpenedAsync(user: user);
        for (var i = 0; i < 2; i++)
        {
            var answer = (await host.SayAsync(second, new { content = "Where do I live?", transport = "http" })).Json!["agentResponse"].Text("text");
            Assert.Contains("Lisbon", answer);
            Assert.DoesNotContain("Where do I live", answer);
            Assert.DoesNotContain(user, answer);
        }

        var chunks = SseEvent.Parse((await host.SayAsync(second, new { content = "Where do I live?", transport = "sse" })).Text);
        Assert.Equal(chunks[^1].Data.Text("text"), string.Concat(chunks[1..^1].Select(chunk => chunk.Data.Text("chunk"))));
    }

    [Fact]
    public async Task What_the_agent_says_is_not_taken_for_facts()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Chatty", responder_url = agent.Url });
        agent.Answers.Enqueue((200, new JsonObject { ["text"] = "I live in Paris." }.ToJsonString()));
        var id = await host.OpenedAsync();
        await host.SayAsync(id, new { content = "I live in Rome.", transport = "http" });
        await host.IdleAsync("eliza");
        var conclusions = (await host.SendAsync("POST", "/v3/workspaces/eliza/conclusions/list")).Json!["items"]!.AsArray();
        Assert.Contains("Rome", Assert.Single(conclusions).Text("content"));
    }
}
