using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Threads;

/// <summary>Every method of the seed document's ConversationMemory, doing what the document says.</summary>
public sealed class SeedMethodTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly ThreadApi _memory = new(host, $"seed-{Guid.NewGuid():N}");

    [Fact]
    public async Task A_memory_keeps_threads_for_72_hours_and_shows_100_messages()
    {
        Assert.StartsWith("""{"ttlHours":72,"maxMessages":100,"ttlFrom":"lastActivity","archivedReadOnly":false,""", (await _memory.SendAsync("GET", "settings")).Text, StringComparison.Ordinal);

        var settings = await _memory.AskAsync("PUT", "settings", new { ttlHours = 24, maxMessages = 3 });
        Assert.Equal((24, 3), ((int)settings["ttlHours"]!, (int)settings["maxMessages"]!));
        var thread = await _memory.GetAsync($"threads/{await _memory.CreateAsync()}");
        Assert.Equal((24, 3), ((int)thread["ttlHours"]!, (int)thread["maxMessages"]!));
    }

    [Fact]
    public async Task Create_thread_returns_a_new_UUID_and_keeps_what_it_was_given()
    {
        var reply = await _memory.SendAsync("POST", "threads", new { workflowName = "chat", initialContext = new { topic = "API design", user_id = "user123" } });
        var thread = reply.Json!;
        var id = (string)thread["threadId"]!;

        Assert.Equal(201, reply.Code);
        Assert.True(Guid.TryParse(id, out _));
        Assert.EndsWith($"/threads/{id}", reply.Headers.Location!.ToString());
        Assert.NotNull(reply.Headers.ETag);
        Assert.NotEqual(id, await _memory.CreateAsync());
        Assert.Equal(("chat", "active", """{"topic":"API design","user_id":"user123"}"""), ((string)thread["workflowName"]!, (string)thread["status"]!, thread["initialContext"]!.ToJsonString()));
        Assert.Equal((string)thread["createdAt"]!, (string)thread["lastUpdatedAt"]!);
    }

    [Fact]
    public async Task Create_thread_branches_from_a_parent_without_copying_its_messages()
    {
        var parent = await _memory.CreateAsync();
        var last = await _memory.SayAsync(parent, "one", "two");
        var branch = await _memory.GetAsync($"threads/{await _memory.CreateAsync(parent: parent)}");

        Assert.Equal((parent, last, 0), ((string)branch["parentThreadId"]!, (string)branch["branchPoint"]!, (int)branch["messageCount"]!));
    }

    [Fact]
    public async Task Get_thread_shows_the_thread_with_messages_and_state_when_asked()
    {
        var id = await _memory.CreateAsync();
        await _memory.SayAsync(id, "Hello", "Hi");
        await _memory.AskAsync("PUT", $"threads/{id}/state", new { data = new { step = 1 } });
        var plain = await _memory.GetAsync($"threads/{id}");
        var whole = await _memory.GetAsync($"threads/{id}?include=messages,state");

        Assert.Equal(
            [
                "threadId", "parentThreadId", "branchPoint", "siblingThreads", "createdAt", "lastUpdatedAt", "expiresAt", "workflowName", "status", "initialContext",
                "messageCount", "truncatedCount", "ttlHours", "maxMessages", "userPeer", "assistantPeer", "systemPeer",
            ],
            plain.AsObject().Select(member => member.Key));
        Assert.Equal(2, (int)plain["messageCount"]!);
        Assert.Equal(["Hello", "Hi"], whole["messages"]!.AsArray().Select(message => (string)message!["content"]!));
        Assert.Equal("""{"step":1}""", whole["state"]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Get_thread_of_an_unknown_id_is_not_found()
    {
        var reply = await _memory.SendAsync("GET", "threads/nothing");
        Assert.Equal((404, "not_found"), (reply.Code, (string)reply.Json!["code"]!));
    }

    [Fact]
    public async Task Get_thread_chain_goes_from_the_root_to_the_thread()
    {
        var root = await _memory.CreateAsync();
        await _memory.SayAsync(root, "one");
        var middle = await _memory.CreateAsync(parent: root);
        var leaf = await _memory.CreateAsync(parent: middle);
        var chain = await _memory.GetAsync($"threads/{leaf}/chain");

        Assert.Equal([(root, 1), (middle, 0), (leaf, 0)], chain["threads"]!.AsArray().Select(thread => ((string)thread!["threadId"]!, (int)thread["messageCount"]!)));
        Assert.False((bool)chain["truncated"]!);
        Assert.Equal([root], await _memory.IdsAsync($"threads/{root}/chain"));
        Assert.Equal([leaf], await _memory.IdsAsync($"threads/{leaf}/chain?maxDepth=1"));
        Assert.True((bool)(await _memory.GetAsync($"threads/{leaf}/chain?maxDepth=2"))["truncated"]!);
    }

    [Fact]
    public async Task Add_message_gives_back_exactly_what_was_said()
    {
        var id = await _memory.CreateAsync();
        var user = await _memory.AskAsync("POST", $"threads/{id}/messages", new
        {
            role = "user",
            content = "Explain async/await in Python",
            timestamp = "2025-11-06T10:00:00Z",
            files = new[] { "examples/async_code.py" },
            metadata = new { source = "cli", command = "chat" },
        });
        await _memory.AskAsync("POST", $"threads/{id}/messages", new
        {
            role = "assistant",
            content = "Async/await in Python allows...",
            workflowName = "chat",
            modelProvider = "cli",
            modelName = "claude-3-opus",
            files = Array.Empty<string>(),
            metadata = new { tokens = 250, latency = 1.5, temperature = 0.7 },
        });
        var stored = (await _memory.GetAsync($"threads/{id}/messages"))["messages"]!.AsArray();

        Assert.Equal(user.ToJsonString(), stored[0]!.ToJsonString());
        Assert.Equal(
            ["id", "threadId", "sequence", "role", "peer", "content", "timestamp", "files", "workflowName", "modelProvider", "modelName", "metadata"],
            user.AsObject().Select(member => member.Key));
        Assert.Equal(("2025-11-06T10:00:00Z", 1, "user", null), ((string)user["timestamp"]!, (int)user["sequence"]!, (string)user["peer"]!, (string?)user["workflowName"]));
        Assert.Equal("""["examples/async_code.py"]""", user["files"]!.ToJsonString());
        var answer = stored[1]!;
        Assert.Equal(("assistant", "chat", "cli", "claude-3-opus", "[]"), ((string)answer["role"]!, (string)answer["workflowName"]!, (string)answer["modelProvider"]!, (string)answer["modelName"]!, answer["files"]!.ToJsonString()));
        Assert.Equal("""{"tokens":250,"latency":1.5,"temperature":0.7}""", answer["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Add_message_to_an_unknown_thread_is_refused_unless_it_is_to_be_created()
    {
        var message = new { role = "user", content = "Hi", workflowName = "chat" };
        Assert.Equal(404, (await _memory.SendAsync("POST", "threads/implicit/messages", message)).Code);
        Assert.Equal(404, (await _memory.SendAsync("GET", "threads/implicit")).Code);
        Assert.Equal(201, (await _memory.SendAsync("POST", "threads/implicit/messages?createIfMissing=true", message)).Code);
        Assert.Equal(201, (await _memory.SendAsync("POST", "threads/implicit/messages?createIfMissing=true", message)).Code);
        Assert.Equal(("chat", 2), await OfAsync("implicit"));
        await _memory.AskAsync("POST", "threads/other/messages?createIfMissing=true", new { role = "user", content = "Hi" });
        Assert.Equal(("unknown", 1), await OfAsync("other"));

        async Task<(string, int)> OfAsync(string id)
        {
            var thread = await _memory.GetAsync($"threads/{id}");
            return ((string)thread["workflowName"]!, (int)thread["messageCount"]!);
        }
    }

    [Fact]
    public async Task Get_messages_returns_the_newest_in_order()
    {
        var id = await _memory.CreateAsync();
        await _memory.SayAsync(id, "1", "2", "3", "4", "5");
        await _memory.AskAsync("POST", $"threads/{id}/messages", new { role = "system", content = "6" });

        Assert.Equal(["1", "2", "3", "4", "5", "6"], await _memory.ContentsAsync(id));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], await _memory.ContentsAsync(id, "?limit=0"));
        Assert.Equal(["5", "6"], await _memory.ContentsAsync(id, "?limit=2"));
        Assert.Equal(["1", "2", "3", "4", "5"], await _memory.ContentsAsync(id, "?include_system=false"));
        Assert.Equal(["4", "5"], await _memory.ContentsAsync(id, "?includeSystem=false&limit=2"));
        Assert.Equal(["2", "4"], await _memory.ContentsAsync(id, "?role=assistant"));
        Assert.Equal(["4"], await _memory.ContentsAsync(id, "?role=assistant&limit=1"));
        Assert.Equal(["3", "4"], await _memory.ContentsAsync(id, "?before=5&after=2"));
        Assert.Equal(["6", "5"], await _memory.ContentsAsync(id, "?order=desc&limit=2"));
    }

    [Fact]
    public async Task Build_conversation_history_gives_messages_for_model_calls()
    {
        var id = await _memory.CreateAsync();
        await _memory.AskAsync("POST", $"threads/{id}/messages", new { role = "system", content = "Be brief." });
        await _memory.SayAsync(id, "1", "2", "3", "4");
        var history = await _memory.GetAsync($"threads/{id}/history?max_turns=1");

        Assert.Equal("""[{"role":"user","content":"3"},{"role":"assistant","content":"4"}]""", history["messages"]!.ToJsonString());
        Assert.Equal((2, 5, 3), ((int)history["messageCount"]!, (int)history["totalMessages"]!, (int)history["omitted"]!));
        Assert.Equal("system", (string)(await _memory.GetAsync($"threads/{id}/history?format=messages&maxTurns=10"))["messages"]![0]!["role"]!);
        Assert.Equal(4, (await _memory.GetAsync($"threads/{id}/history?include_system=false"))["messages"]!.AsArray().Count);
    }

    [Fact]
    public async Task Build_conversation_history_gives_text_in_two_layouts()
    {
        var id = await _memory.CreateAsync();
        await _memory.SayAsync(id, "Hello", "Hi");

        Assert.Equal("User: Hello\nAssistant: Hi", (string)(await _memory.GetAsync($"threads/{id}/history?format=text&layout=seed&max_turns=10"))["text"]!);
        var text = (string)(await _memory.GetAsync($"threads/{id}/history?format=text&maxMessages=1"))["text"]!;
        Assert.StartsWith($"=== CONVERSATION HISTORY (CONTINUATION) ===\nThread: {id}\nWorkflow: chat\nMessages: 1/2\n\n[NOTE: 1 earlier messages omitted]\n", text);
        Assert.Contains("--- Turn 1 (assistant) ---\n\nHi\n\n=== END CONVERSATION HISTORY ===", text);
    }

    [Fact]
    public async Task Build_conversation_history_keeps_a_token_budget()
    {
        var id = await _memory.CreateAsync();
        for (var i = 0; i < 12; i++)
            await _memory.AskAsync("POST", $"threads/{id}/messages", new { role = "user", content = $"{i}".PadRight(40, 'x'), metadata = i == 2 ? new { keep = true } : null });

        Assert.Equal(["2", "5", "6", "7", "8", "9", "10", "11"], await KeptAsync("maxTokens=100"));
        Assert.Equal(["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"], await KeptAsync("maxTokens=100&smartCompaction=false"));
        Assert.Equal(["11"], await KeptAsync("maxTokens=1"));
        Assert.Equal(12, (await KeptAsync("maxTokens=0")).Length);
        Assert.Equal(80, (int)(await _memory.GetAsync($"threads/{id}/history?maxTokens=100"))["estimatedTokens"]!);

        async Task<string[]> KeptAsync(string query) =>
            [.. (await _memory.GetAsync($"threads/{id}/history?{query}"))["messages"]!.AsArray().Select(message => ((string)message!["content"]!).TrimEnd('x'))];
    }

    [Fact]
    public async Task Get_context_summary_has_the_keys_of_the_document_and_of_the_code()
    {
        var id = await _memory.CreateAsync();
        await _memory.AskAsync("POST", $"threads/{id}/messages", new { role = "user", content = "12345678", files = new[] { "b.py", "a.py" } });
        await _memory.AskAsync("POST", $"threads/{id}/messages", new { role = "assistant", content = "1234", files = new[] { "a.py" } });
        var summary = (await _memory.GetAsync($"threads/{id}/summary")).AsObject();
        var thread = await _memory.GetAsync($"threads/{id}");

        Assert.Equal((string)thread["lastUpdatedAt"]!, (string)summary["lastUpdated"]!);
        foreach (var time in new[] { "createdAt", "lastUpdatedAt", "lastUpdated" })
            summary.Remove(time);
        Assert.Equal(
            $$"""{"found":true,"threadId":"{{id}}","workflowName":"chat","status":"active","messageCount":2,"userMessages":1,"assistantMessages":1,"systemMessages":0,"uniqueFiles":2,"filesReferenced":["a.py","b.py"],"estimatedTokens":6,"hasParent":false,"truncatedCount":0}""",
            summary.ToJsonString());
    }

    [Fact]
    public async Task Complete_thread_marks_it_and_it_still_takes_messages()
    {
        var id = await _memory.CreateAsync();
        Assert.Equal("completed", (string)(await _memory.AskAsync("POST", $"threads/{id}/complete"))["status"]!);
        await _memory.SayAsync(id, "One more thing");

        Assert.Equal(("completed", 1), ((string)(await _memory.GetAsync($"threads/{id}"))["status"]!, (await _memory.ContentsAsync(id)).Length));
        Assert.Equal(404, (await _memory.SendAsync("POST", "threads/nothing/complete")).Code);
    }

    [Fact]
    public async Task Archive_thread_ends_it_until_it_is_reopened()
    {
        var id = await _memory.CreateAsync();
        Assert.Equal("archived", (string)(await _memory.AskAsync("POST", $"threads/{id}/archive"))["status"]!);
        Assert.Equal(409, (await _memory.SendAsync("POST", $"threads/{id}/complete")).Code);
        Assert.Equal("active", (string)(await _memory.AskAsync("POST", $"threads/{id}/reopen"))["status"]!);
        Assert.Equal("completed", (string)(await _memory.AskAsync("POST", $"threads/{id}/complete"))["status"]!);
        Assert.Equal(404, (await _memory.SendAsync("POST", "threads/nothing/archive")).Code);
    }

    [Fact]
    public async Task Cleanup_expired_threads_removes_those_older_than_asked()
    {
        var id = await _memory.CreateAsync();
        Assert.Equal(0, (int)(await _memory.AskAsync("POST", "threads:cleanup", new { kind = "expired" }))["removed"]!);
        Assert.Equal(0, (int)(await _memory.AskAsync("POST", "threads:cleanup", new { kind = "expired", maxAgeHours = 24 }))["removed"]!);
        Assert.Equal(1, (int)(await _memory.AskAsync("POST", "threads:cleanup", new { kind = "expired", maxAgeHours = 0 }))["removed"]!);
        var reply = await _memory.SendAsync("GET", $"threads/{id}");
        Assert.Equal((410, "expired"), (reply.Code, (string)reply.Json!["code"]!));
    }

    [Fact]
    public async Task Cleanup_archived_threads_keeps_a_week_unless_told()
    {
        var (archived, active) = (await _memory.CreateAsync(), await _memory.CreateAsync());
        await _memory.AskAsync("POST", $"threads/{archived}/archive");
        Assert.Equal(0, (int)(await _memory.AskAsync("POST", "threads:cleanup", new { kind = "archived" }))["removed"]!);
        Assert.Equal(1, (int)(await _memory.AskAsync("POST", "threads:cleanup", new { kind = "archived", keepRecentHours = 0 }))["removed"]!);
        Assert.Equal([active], await _memory.IdsAsync("threads"));
    }

    [Fact]
    public async Task Query_by_workflow_lists_the_newest_update_first_page_by_page()
    {
        var (first, second, other) = (await _memory.CreateAsync(), await _memory.CreateAsync(), await _memory.CreateAsync("consensus"));
        await _memory.AskAsync("POST", $"threads/{second}/complete");
        await _memory.SayAsync(first, "newest");

        Assert.Equal([first, second, other], await _memory.IdsAsync("threads"));
        Assert.Equal([first, second], await _memory.IdsAsync("threads?workflow=chat"));
        Assert.Equal([second], await _memory.IdsAsync("threads?status=completed"));
        var page = await _memory.GetAsync("threads?limit=2");
        Assert.Equal([other], await _memory.IdsAsync($"threads?limit=2&cursor={page["cursor"]}"));
    }

    [Fact]
    public async Task Get_thread_statistics_counts()
    {
        Assert.Equal(
            """{"totalThreads":0,"totalMessages":0,"activeThreads":0,"completedThreads":0,"archivedThreads":0,"avgMessagesPerThread":0,"topWorkflows":[]}""",
            (await _memory.SendAsync("GET", "threads:statistics")).Text);
        var (first, second, third) = (await _memory.CreateAsync(), await _memory.CreateAsync(), await _memory.CreateAsync("think"));
        await _memory.SayAsync(first, "1", "2", "3");
        await _memory.SayAsync(second, "1", "2");
        await _memory.AskAsync("POST", $"threads/{second}/complete");
        await _memory.AskAsync("POST", $"threads/{third}/archive");

        Assert.Equal(
            """{"totalThreads":3,"totalMessages":5,"activeThreads":1,"completedThreads":1,"archivedThreads":1,"avgMessagesPerThread":2.5,"topWorkflows":[{"workflowName":"chat","threads":2},{"workflowName":"think","threads":1}]}""",
            (await _memory.SendAsync("GET", "threads:statistics")).Text);
    }

    [Fact]
    public async Task Truncation_hides_and_never_deletes()
    {
        var id = (string)(await _memory.AskAsync("POST", "threads", new { workflowName = "chat", maxMessages = 3 }))["threadId"]!;
        await _memory.SayAsync(id, "1", "2", "3", "4", "5");

        Assert.Equal(["3", "4", "5"], await _memory.ContentsAsync(id));
        Assert.Empty(await _memory.ContentsAsync(id, "?before=3"));
        JsonNode thread = await _memory.GetAsync($"threads/{id}"), history = await _memory.GetAsync($"threads/{id}/history");
        Assert.Equal((3, 2, 3, 2), ((int)thread["messageCount"]!, (int)thread["truncatedCount"]!, (int)history["totalMessages"]!, (int)history["truncatedCount"]!));
        await _memory.AskAsync("PATCH", $"threads/{id}", new { maxMessages = 10 });
        Assert.Equal(["1", "2", "3", "4", "5"], await _memory.ContentsAsync(id));
    }
}
