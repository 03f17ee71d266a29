using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Threads;

/// <summary>The four "advanced patterns" of the seed document, and its workflow with a state.</summary>
public sealed class AdvancedPatternTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly ThreadApi _memory = new(host, $"patterns-{Guid.NewGuid():N}");

    [Fact]
    public async Task Pattern_1_alternatives_branch_from_a_conversation_that_stays_as_it_is()
    {
        var main = await _memory.CreateAsync();
        await _memory.SayAsync(main, "Design authentication system", "Done", "Use JWT tokens", "Done");
        var oauth = await _memory.CreateAsync(parent: main, context: new { exploring = "OAuth alternative" });
        await _memory.SayAsync(oauth, "What if we use OAuth 2.0 instead?", "Then so");
        var session = await _memory.CreateAsync(parent: main, context: new { exploring = "Session-based alternative" });
        await _memory.SayAsync(session, "What about session-based authentication?", "Then so");

        var found = new List<(string, int)>();
        foreach (var id in new[] { main, oauth, session })
        {
            var thread = await _memory.GetAsync($"threads/{id}");
            found.Add(((string?)thread["initialContext"]!["exploring"] ?? "main", (int)thread["messageCount"]!));
        }

        Assert.Equal([("main", 4), ("OAuth alternative", 2), ("Session-based alternative", 2)], found);
        Assert.Equal([session, oauth], await _memory.IdsAsync($"threads/{main}/children"));
        Assert.Equal([session], await _memory.IdsAsync($"threads/{oauth}/siblings"));
        Assert.Equal([oauth], (await _memory.GetAsync($"threads/{session}"))["siblingThreads"]!.AsArray().Select(id => (string)id!));
        Assert.Equal(6, (int)(await _memory.GetAsync($"threads/{oauth}/history?includeParents=true"))["messageCount"]!);
    }

    [Fact]
    public async Task Pattern_2_a_state_migrates_from_one_version_of_its_schema_to_the_next()
    {
        var id = await _memory.CreateAsync("thinkdeep");
        await _memory.AskAsync("PUT", $"threads/{id}/state", new { data = new { findings = new[] { "Race condition" } }, schemaVersion = "1.0" });

        var read = await _memory.SendAsync("GET", $"threads/{id}/state");
        Assert.Equal("1.0", (string)read.Json!["schemaVersion"]!);
        var migrated = new { data = Migrate(read.Json["data"]!.AsObject()), schemaVersion = "2.0" };
        Assert.Equal(200, (await _memory.SendAsync("PUT", $"threads/{id}/state", migrated, ifMatch: read.Headers.ETag!.ToString())).Code);
        // Whoever migrates at the same time finds that it is done.
        Assert.Equal(412, (await _memory.SendAsync("PUT", $"threads/{id}/state", migrated, ifMatch: read.Headers.ETag!.ToString())).Code);

        var state = await _memory.GetAsync($"threads/{id}/state");
        Assert.Equal(("2.0", "exploring", "Race condition"), ((string)state["schemaVersion"]!, (string)state["data"]!["confidence"]!, (string)state["data"]!["findings"]!["all"]![0]!));
        Assert.Equal((string)read.Json["createdAt"]!, (string)state["createdAt"]!);

        static JsonObject Migrate(JsonObject old)
        {
            var data = old.DeepClone().AsObject();
            data["confidence"] ??= "exploring";
            var all = data["findings"]!;
            data.Remove("findings");
            data["findings"] = new JsonObject { ["all"] = all, ["high_priority"] = new JsonArray() };
            return data;
        }
    }

    [Fact]
    public async Task Pattern_3_the_newest_messages_fit_the_context_window()
    {
        var id = await _memory.CreateAsync();
        await _memory.SayAsync(id, [.. Enumerable.Range(0, 60).Select(i => $"{i:D2}".PadRight(400, '.'))]);
        var messages = await _memory.ContentsAsync(id);
        var relevant = new List<string>();
        foreach (var content in messages.Reverse().TakeWhile(_ => (relevant.Count + 1) * 100 <= 4000))
            relevant.Insert(0, content);

        var history = await _memory.GetAsync($"threads/{id}/history?maxTokens=4000&smartCompaction=false");
        Assert.Equal(relevant, history["messages"]!.AsArray().Select(message => (string)message!["content"]!));
        Assert.Equal(4000, (int)history["estimatedTokens"]!);
    }

    [Fact]
    public async Task Pattern_4_workflows_hand_over_to_each_other()
    {
        var chat = await _memory.CreateAsync();
        await _memory.SayAsync(chat, "Analyze this bug", "It is a race");
        var findings = (string)(await _memory.GetAsync($"threads/{chat}?include=messages"))["messages"]!.AsArray()[^1]!["content"]!;
        var deep = await _memory.CreateAsync("thinkdeep", context: new { prompt = "Systematic investigation" });
        await _memory.AskAsync("POST", $"threads/{deep}/messages", new { role = "user", content = $"Systematic investigation of: {findings}", files = new[] { "src/bug.py" } });
        await _memory.AskAsync("PUT", $"threads/{deep}/state", new { data = new { hypotheses = Array.Empty<string>() } });

        var thread = await _memory.SendAsync("GET", $"threads/{deep}");
        await _memory.SendAsync("PATCH", $"threads/{deep}", new { initialContext = new { from_chat = chat } }, ifMatch: thread.Headers.ETag!.ToString());

        Assert.Equal($$"""{"prompt":"Systematic investigation","from_chat":"{{chat}}"}""", (await _memory.GetAsync($"threads/{deep}"))["initialContext"]!.ToJsonString());
        Assert.Equal("thinkdeep", (string)(await _memory.GetAsync($"threads/{deep}/state"))["workflowName"]!);
        Assert.Equal(412, (await _memory.SendAsync("PATCH", $"threads/{deep}", new { initialContext = new { } }, ifMatch: thread.Headers.ETag!.ToString())).Code);
    }

    [Fact]
    public async Task A_workflow_keeps_its_state_from_turn_to_turn()
    {
        var id = await _memory.CreateAsync("custom_analysis");
        foreach (var prompt in new[] { "Analyze code quality", "Check for security issues" })
        {
            var read = await _memory.SendAsync("GET", $"threads/{id}/state");
            var step = read.Code == 404 ? 0 : (int)read.Json!["data"]!["analysis_step"]!;
            await _memory.SayAsync(id, prompt, "- a finding");
            await _memory.SendAsync("PATCH", $"threads/{id}/state", new { data = new { analysis_step = step + 1 } }, ifMatch: read.Headers.ETag?.ToString(), ifNoneMatch: read.Code == 404 ? "*" : null);
        }

        Assert.Equal(2, (int)(await _memory.GetAsync($"threads/{id}/state"))["data"]!["analysis_step"]!);
        Assert.Equal(4, (int)(await _memory.GetAsync($"threads/{id}"))["messageCount"]!);
    }
}
