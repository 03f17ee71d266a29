namespace Kith.Http.Tests.Threads;

/// <summary>Bad input on every route: the spec's codes, no server error, nothing stored half.</summary>
public sealed class BadThreadInputTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly ThreadApi _api = new(host, $"bad-{Guid.NewGuid():N}");

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"workflowName":""}""")]
    [InlineData("""{"workflowName":1}""")]
    [InlineData("""{"workflowName":"c","threadId":""}""")]
    [InlineData("""{"workflowName":"c","threadId":"../x"}""")]
    [InlineData("""{"workflowName":"c","threadId":".."}""")]
    [InlineData("""{"workflowName":"c","threadId":"a b"}""")]
    [InlineData("""{"workflowName":"c","threadId":"ü"}""")]
    [InlineData("""{"workflowName":"c","initialContext":[]}""")]
    [InlineData("""{"workflowName":"c","ttlHours":0}""")]
    [InlineData("""{"workflowName":"c","ttlHours":1e9}""")]
    [InlineData("""{"workflowName":"c","maxMessages":0}""")]
    [InlineData("""{"workflowName":"c","maxMessages":10001}""")]
    [InlineData("""{"workflowName":"c","branchPoint":"x"}""")]
    [InlineData("""{"workflowName":"c","userPeer":"a b"}""")]
    [InlineData("""{"workflowName":"c","userPeer":"assistant"}""")]
    [InlineData("""[]""")]
    [InlineData("""{bad""")]
    public async Task A_thread_of_the_wrong_shape_is_not_created(string body)
    {
        var reply = await _api.SendAsync("POST", "threads", body);
        Assert.Equal((400, "invalid"), (reply.Code, (string)reply.Json!["code"]!));
        Assert.Empty(await _api.IdsAsync("threads"));
    }

    [Fact]
    public async Task An_id_has_up_to_128_characters()
    {
        Assert.Equal(201, (await _api.SendAsync("POST", "threads", new { workflowName = "c", threadId = new string('a', 128) })).Code);
        Assert.Equal(400, (await _api.SendAsync("POST", "threads", new { workflowName = "c", threadId = new string('a', 129) })).Code);
        Assert.Equal(409, (await _api.SendAsync("POST", "threads", new { workflowName = "c", threadId = new string('a', 128) })).Code);
    }

    [Fact]
    public async Task An_id_of_dots_and_colons_works_on_every_route()
    {
        await _api.AskAsync("POST", "threads", new { workflowName = "c", threadId = "v1.2:main_x-y" });
        await _api.SayAsync("v1.2:main_x-y", "Hello");
        foreach (var path in new[] { "", "/messages", "/history", "/summary", "/chain", "/children", "/siblings" })
            await _api.GetAsync($"threads/v1.2:main_x-y{path}");
    }

    [Fact]
    public async Task A_parent_must_exist_and_the_branch_point_be_its_message()
    {
        var parent = await _api.CreateAsync();
        var other = await _api.CreateAsync();
        var elsewhere = await _api.SayAsync(other, "Hello");
        Assert.Equal(404, (await _api.SendAsync("POST", "threads", new { workflowName = "c", parentThreadId = "nothing" })).Code);
        Assert.Equal(400, (await _api.SendAsync("POST", "threads", new { workflowName = "c", parentThreadId = parent, branchPoint = "nothing" })).Code);
        Assert.Equal(400, (await _api.SendAsync("POST", "threads", new { workflowName = "c", parentThreadId = parent, branchPoint = elsewhere })).Code);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"role":"user"}""")]
    [InlineData("""{"role":"user","content":""}""")]
    [InlineData("""{"role":"user","content":"\u0000"}""")]
    [InlineData("""{"role":"user","content":1}""")]
    [InlineData("""{"role":"wizard","content":"x"}""")]
    [InlineData("""{"role":"User","content":"x"}""")]
    [InlineData("""{"role":"user","content":"x","files":"a"}""")]
    [InlineData("""{"role":"user","content":"x","files":[1]}""")]
    [InlineData("""{"role":"user","content":"x","metadata":[]}""")]
    [InlineData("""{"role":"user","content":"x","timestamp":"yesterday"}""")]
    [InlineData("""{"role":"user","content":"x","modelName":{}}""")]
    public async Task A_poison_message_is_refused_alone_and_in_a_batch(string message)
    {
        var id = await _api.CreateAsync();
        Assert.Equal(400, (await _api.SendAsync("POST", $"threads/{id}/messages", message)).Code);
        Assert.Equal(400, (await _api.SendAsync("POST", $"threads/{id}/messages:batch", $$"""{"messages":[{"role":"user","content":"good"},{{message}}]}""")).Code);
        Assert.Equal(400, (await _api.SendAsync("POST", "threads/new/messages?createIfMissing=true", message)).Code);
        Assert.Empty(await _api.ContentsAsync(id));
        Assert.Equal(404, (await _api.SendAsync("GET", "threads/new")).Code);
    }

    [Fact]
    public async Task A_message_that_fits_no_document_is_refused_and_no_thread_is_created_for_it()
    {
        var id = await _api.CreateAsync();
        var large = new { role = "user", content = new string('x', 1_100_000) };
        var reply = await _api.SendAsync("POST", $"threads/{id}/messages:batch", new { messages = new[] { new { role = "user", content = "good" }, large } });
        Assert.Equal((413, "too_large"), (reply.Code, (string)reply.Json!["code"]!));
        Assert.Equal(413, (await _api.SendAsync("POST", "threads/new/messages?createIfMissing=true", large)).Code);
        Assert.Equal(413, (await _api.SendAsync("PUT", $"threads/{id}/state", new { data = new { large.content } })).Code);
        Assert.Equal(413, (await _api.SendAsync("PUT", "states/s", new { data = new { large.content } })).Code);
        Assert.Equal(413, (await _api.SendAsync("POST", "threads", new { workflowName = "c", initialContext = new { large.content } })).Code);
        Assert.Empty(await _api.ContentsAsync(id));
        Assert.Equal([id], await _api.IdsAsync("threads"));
    }

    [Fact]
    public async Task A_message_of_a_million_characters_is_kept_whole()
    {
        var id = await _api.CreateAsync();
        var content = string.Concat(Enumerable.Repeat("It rains. ", 100_000));
        await _api.AskAsync("POST", $"threads/{id}/messages", new { role = "assistant", content });
        Assert.Equal(content, Assert.Single(await _api.ContentsAsync(id)));
    }

    [Theory]
    [InlineData("messages?limit=-1")]
    [InlineData("messages?limit=x")]
    [InlineData("messages?role=wizard")]
    [InlineData("messages?before=0")]
    [InlineData("messages?order=up")]
    [InlineData("messages?include_system=perhaps")]
    [InlineData("history?format=xml")]
    [InlineData("history?layout=x")]
    [InlineData("history?max_turns=-1")]
    [InlineData("history?maxTokens=x")]
    [InlineData("chain?maxDepth=0")]
    [InlineData("?include=everything")]
    public async Task A_parameter_that_makes_no_sense_is_refused(string query)
    {
        var id = await _api.CreateAsync();
        Assert.Equal(400, (await _api.SendAsync("GET", $"threads/{id}/{query}".Replace("/?", "?", StringComparison.Ordinal))).Code);
    }

    [Theory]
    [InlineData("GET", "threads?limit=0", null)]
    [InlineData("GET", "threads?limit=101", null)]
    [InlineData("GET", "threads?status=open", null)]
    [InlineData("GET", "threads?cursor=nonsense", null)]
    [InlineData("POST", "threads:cleanup", "{}")]
    [InlineData("POST", "threads:cleanup", """{"kind":"all"}""")]
    [InlineData("POST", "threads:cleanup", """{"kind":"expired","maxAgeHours":-1}""")]
    [InlineData("PUT", "settings", """{"ttlHours":-1}""")]
    [InlineData("PUT", "settings", """{"maxMessages":0}""")]
    [InlineData("PUT", "settings", """{"ttlFrom":"birth"}""")]
    [InlineData("PUT", "settings", """{"ttlHour":1}""")]
    [InlineData("PUT", "settings", "[]")]
    [InlineData("PUT", "states/s", "{}")]
    [InlineData("PUT", "states/s", """{"data":[]}""")]
    [InlineData("PUT", "states/a%20b", """{"data":{}}""")]
    [InlineData("GET", "states/a%20b", null)]
    [InlineData("PATCH", "states/s", """{"data":{},"schemaVersion":1}""")]
    public async Task A_request_that_makes_no_sense_is_refused(string method, string path, string? body) =>
        Assert.Equal(400, (await _api.SendAsync(method, path, body)).Code);

    [Theory]
    [InlineData("GET", "", null)]
    [InlineData("PATCH", "", "{}")]
    [InlineData("DELETE", "", null)]
    [InlineData("POST", "/complete", null)]
    [InlineData("POST", "/archive", null)]
    [InlineData("POST", "/reopen", null)]
    [InlineData("GET", "/chain", null)]
    [InlineData("GET", "/children", null)]
    [InlineData("GET", "/siblings", null)]
    [InlineData("POST", "/messages", """{"role":"user","content":"x"}""")]
    [InlineData("POST", "/messages:batch", """{"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("GET", "/messages", null)]
    [InlineData("GET", "/history", null)]
    [InlineData("GET", "/summary", null)]
    [InlineData("GET", "/state", null)]
    [InlineData("PUT", "/state", """{"data":{}}""")]
    [InlineData("PATCH", "/state", """{"data":{}}""")]
    public async Task Unknown_threads_and_those_of_other_workspaces_are_not_found(string method, string path, string? body)
    {
        var id = await new ThreadApi(host, $"other-{Guid.NewGuid():N}").CreateAsync();
        Assert.Equal(404, (await _api.SendAsync(method, $"threads/nothing{path}", body)).Code);
        Assert.Equal(404, (await _api.SendAsync(method, $"threads/{id}{path}", body)).Code);
    }

    [Fact]
    public async Task An_archived_thread_refuses_messages_where_the_workspace_says_so()
    {
        var id = await _api.CreateAsync();
        await _api.AskAsync("POST", $"threads/{id}/archive");
        await _api.SayAsync(id, "Allowed");
        await _api.AskAsync("PUT", "settings", new { archivedReadOnly = true });
        Assert.Equal(409, (await _api.SendAsync("POST", $"threads/{id}/messages", new { role = "user", content = "Refused" })).Code);
        Assert.Equal(["Allowed"], await _api.ContentsAsync(id));
    }

    [Fact]
    public async Task Workspaces_do_not_see_each_others_threads()
    {
        var other = new ThreadApi(host, $"other-{Guid.NewGuid():N}");
        foreach (var (api, content) in new[] { (_api, "mine"), (other, "theirs") })
        {
            await api.AskAsync("POST", "threads", new { workflowName = "chat", threadId = "same" });
            await api.SayAsync("same", content);
            await api.AskAsync("PUT", "states/chat", new { data = new { content } });
        }

        Assert.Equal(["mine"], await _api.ContentsAsync("same"));
        Assert.Equal("theirs", (string)(await other.GetAsync("states/chat"))["data"]!["content"]!);
        await other.SendAsync("DELETE", "threads/same");
        Assert.Equal(1, (int)(await _api.GetAsync("threads:statistics"))["totalThreads"]!);
    }
}
