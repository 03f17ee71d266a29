using System.Text.Json.Nodes;
using Kith.Client.Threads;

namespace Kith.Client.Tests.Threads;

/// <summary>The code of ModelChorus's "Conversation Infrastructure", block by block in its order, in C#.</summary>
public sealed class ConversationSeedTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly KithClient _kith = host.Kith();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ConversationMemory Memory => field ??= new ConversationMemory(_kith, ttlHours: 72, maxMessages: 100);

    [Fact]
    public async Task Create_get_and_chain_threads()
    {
        var thread = await Memory.CreateThreadAsync("chat", new() { ["topic"] = "API design", ["user_id"] = "user123" }, cancellationToken: Cancelled);
        await Memory.AddMessageAsync(thread.ThreadId, new("user", "Hello"), cancellationToken: Cancelled);
        var branch = await Memory.CreateThreadAsync(
            "chat", parentThreadId: thread.ThreadId, initialContext: new() { ["branched_from"] = "message_5", ["exploring"] = "alternative" }, cancellationToken: Cancelled);

        var found = await Memory.GetThreadAsync(thread.ThreadId, Cancelled);
        Assert.Equal((ConversationStatus.Active, 1, "chat", 72d, 100), (found!.Status, found.Messages.Count, found.WorkflowName, found.TtlHours, found.MaxMessages));
        Assert.Equal("API design", (string?)found.InitialContext["topic"]);
        Assert.Null(await Memory.GetThreadAsync("unknown", Cancelled));

        var chain = await Memory.GetThreadChainAsync(branch.ThreadId, cancellationToken: Cancelled);
        Assert.Equal(
            [$"Level 0: {thread.ThreadId} (1 messages)", $"Level 1: {branch.ThreadId} (0 messages)"],
            chain.Select((link, i) => $"Level {i}: {link.ThreadId} ({link.MessageCount} messages)"));
        Assert.Equal([branch.ThreadId], (await Memory.GetChildrenAsync(thread.ThreadId, Cancelled)).Select(child => child.ThreadId));
        Assert.Empty(await Memory.GetThreadChainAsync("unknown", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Add_and_get_messages()
    {
        var id = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        var message = new ConversationMessage("user", "Explain async/await")
        {
            Timestamp = new(2025, 11, 6, 10, 0, 0, TimeSpan.Zero),
            Files = ["examples/async_example.py"],
            Metadata = new() { ["source"] = "cli" },
        };
        var stored = await Memory.AddMessageAsync(id, message, cancellationToken: Cancelled);
        Assert.Equal((1L, message.Timestamp, "cli"), (stored.Sequence, stored.Timestamp, (string?)stored.Metadata!["source"]));
        await Memory.AddMessagesAsync(
            id,
            [
                new("system", "Be brief."),
                new("assistant", "Async/await in Python allows...") { WorkflowName = "chat", ModelProvider = "cli", ModelName = "claude-3-opus", Metadata = new() { ["tokens"] = 250, ["latency"] = 1.5 } },
            ],
            cancellationToken: Cancelled);

        Assert.Equal(3, (await Memory.GetMessagesAsync(id, cancellationToken: Cancelled)).Count);
        Assert.Equal("claude-3-opus", Assert.Single(await Memory.GetMessagesAsync(id, new() { Limit = 1 }, Cancelled)).ModelName);
        Assert.Equal(["user", "assistant"], (await Memory.GetMessagesAsync(id, new() { IncludeSystem = false }, Cancelled)).Select(said => said.Role));
        Assert.Equal(3, (await Memory.ResumeConversationAsync(id, Cancelled))!.Count);
        Assert.Null(await Memory.ResumeConversationAsync("unknown", Cancelled));
        await Assert.ThrowsAsync<KithNotFoundException>(() => Memory.AddMessageAsync("unknown", message, cancellationToken: Cancelled));
        Assert.Equal(1, (await Memory.AddMessageAsync("made-by-need", message with { ClientId = "m1" }, createIfMissing: true, cancellationToken: Cancelled)).Sequence);
        Assert.Equal(1, (await Memory.AddMessageAsync("made-by-need", message with { ClientId = "m1" }, cancellationToken: Cancelled)).Sequence);
    }

    [Fact]
    public async Task Build_history_and_summary()
    {
        var id = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await Memory.AddMessageAsync(id, new("user", "Explain async/await") { Files = ["a.py"] }, cancellationToken: Cancelled);
        await Memory.AddMessageAsync(id, new("assistant", "It waits without blocking."), cancellationToken: Cancelled);

        var history = await Memory.BuildConversationHistoryAsync(id, new() { MaxTurns = 10 }, Cancelled);
        Assert.Equal([new("user", "Explain async/await"), new("assistant", "It waits without blocking.")], history.Messages);
        var text = await Memory.BuildConversationHistoryAsync(id, new() { MaxTurns = 10, Format = HistoryFormat.Text }, Cancelled);
        Assert.StartsWith("User: Explain async/await\nAssistant: It waits without blocking.", text.Text, StringComparison.Ordinal);
        Assert.Contains("=== CONVERSATION HISTORY", (await Memory.BuildConversationHistoryAsync(id, new() { Format = HistoryFormat.DetailedText }, Cancelled)).Text, StringComparison.Ordinal);

        var summary = await Memory.GetContextSummaryAsync(id, Cancelled);
        Assert.Equal((2, 1, 1), (summary!.MessageCount, summary.UserMessages, summary.AssistantMessages));
        Assert.Equal(["a.py"], summary.FilesReferenced);
        Assert.InRange(summary.EstimatedTokens, 1, 100);
        Assert.Null(await Memory.GetContextSummaryAsync("unknown", Cancelled));
    }

    [Fact]
    public async Task Complete_archive_and_clean_up()
    {
        var id = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        Assert.True(await Memory.CompleteThreadAsync(id, Cancelled));
        Assert.Equal(ConversationStatus.Completed, (await Memory.GetThreadAsync(id, Cancelled))!.Status);
        Assert.True(await Memory.ArchiveThreadAsync(id, Cancelled));
        Assert.Equal(ConversationStatus.Archived, (await Memory.GetThreadAsync(id, Cancelled))!.Status);
        await Assert.ThrowsAsync<KithConflictException>(() => Memory.CompleteThreadAsync(id, Cancelled));
        Assert.True(await Memory.ReopenThreadAsync(id, Cancelled));
        Assert.False(await Memory.CompleteThreadAsync("unknown", Cancelled));

        Assert.Equal(0, await Memory.CleanupExpiredThreadsAsync(cancellationToken: Cancelled));
        Assert.Equal(0, await Memory.CleanupExpiredThreadsAsync(maxAgeHours: 24, Cancelled));
        Assert.Equal(0, await Memory.CleanupArchivedThreadsAsync(cancellationToken: Cancelled));
        await Memory.ArchiveThreadAsync(id, Cancelled);
        Assert.Equal(1, await Memory.CleanupArchivedThreadsAsync(keepRecentHours: 0, Cancelled));
        Assert.Null(await Memory.GetThreadAsync(id, Cancelled));

        var idle = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await Task.Delay(50, Cancelled);
        Assert.Equal(1, await Memory.CleanupExpiredThreadsAsync(maxAgeHours: 0.01 / 3600, Cancelled));
        Assert.Null(await Memory.GetThreadAsync(idle, Cancelled));
    }

    [Fact]
    public async Task A_thread()
    {
        var main = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await Memory.AddMessageAsync(main, new("user", "Hello"), cancellationToken: Cancelled);
        var branch = (await Memory.CreateThreadAsync("chat", parentThreadId: main, cancellationToken: Cancelled)).ThreadId;
        var sibling = (await Memory.CreateThreadAsync("chat", parentThreadId: main, cancellationToken: Cancelled)).ThreadId;
        await Memory.SetStateAsync(branch, new() { ["step"] = 1 }, cancellationToken: Cancelled);

        var thread = (await Memory.GetThreadAsync(branch, Cancelled))!;
        Assert.Equal((branch, "chat", ConversationStatus.Active, 0), (thread.ThreadId, thread.WorkflowName, thread.Status, thread.Messages.Count));
        Assert.InRange(thread.CreatedAt, DateTimeOffset.UtcNow.AddHours(-1), thread.LastUpdatedAt);
        Assert.Equal(("chat", 1), (thread.State!.WorkflowName, (int)thread.State.Data["step"]!));
        Assert.Equal(main, thread.ParentThreadId);
        Assert.Equal([sibling], thread.SiblingThreads);
        Assert.Null((await Memory.GetThreadAsync(main, Cancelled))!.ParentThreadId);
    }

    [Fact]
    public async Task Messages()
    {
        var id = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        var now = new DateTimeOffset(2025, 11, 6, 10, 0, 0, TimeSpan.Zero);
        var userMessage = new ConversationMessage("user", "Explain async/await in Python") { Timestamp = now, Files = ["examples/async_code.py"], Metadata = new() { ["source"] = "cli", ["command"] = "chat" } };
        var assistantMessage = new ConversationMessage("assistant", "Async/await in Python allows...")
        {
            Timestamp = now.AddSeconds(2),
            WorkflowName = "chat",
            ModelProvider = "cli",
            ModelName = "claude-3-opus",
            Metadata = new() { ["tokens"] = 250, ["latency"] = 1.5, ["temperature"] = 0.7 },
        };
        await Memory.AddMessagesAsync(id, [userMessage, assistantMessage], cancellationToken: Cancelled);

        var stored = await Memory.GetMessagesAsync(id, cancellationToken: Cancelled);
        Assert.Equal(("user", userMessage.Content, now, "examples/async_code.py"), (stored[0].Role, stored[0].Content, stored[0].Timestamp, Assert.Single(stored[0].Files!)));
        Assert.Equal("""{"source":"cli","command":"chat"}""", stored[0].Metadata!.ToJsonString());
        Assert.Equal(("assistant", "chat", "cli", "claude-3-opus", now.AddSeconds(2)), (stored[1].Role, stored[1].WorkflowName, stored[1].ModelProvider, stored[1].ModelName, stored[1].Timestamp));
        Assert.Equal("""{"tokens":250,"latency":1.5,"temperature":0.7}""", stored[1].Metadata!.ToJsonString());
    }

    [Fact]
    public async Task States()
    {
        var id = (await Memory.CreateThreadAsync("thinkdeep", cancellationToken: Cancelled)).ThreadId;
        var data = new JsonObject
        {
            ["hypotheses"] = new JsonArray(new JsonObject { ["text"] = "Race condition", ["status"] = "active", ["evidence"] = new JsonArray() }),
            ["steps"] = new JsonArray(),
            ["current_confidence"] = "exploring",
            ["relevant_files"] = new JsonArray("src/auth.py"),
        };
        var state = await Memory.SetStateAsync(id, data, "1.0", cancellationToken: Cancelled);
        state.Data["current_confidence"] = "medium";
        state.Data["steps"]!.AsArray().Add(new JsonObject { ["step_number"] = 1, ["findings"] = "Found concurrent writes", ["confidence"] = "medium" });
        var written = await Memory.SetStateAsync(id, state.Data, etag: state.ETag, cancellationToken: Cancelled);

        Assert.Equal(("thinkdeep", "1.0", state.CreatedAt), (written.WorkflowName, written.SchemaVersion, written.CreatedAt));
        Assert.True(written.UpdatedAt >= state.UpdatedAt);
        var read = (await Memory.GetThreadAsync(id, Cancelled))!.State!.Data;
        Assert.Equal(("medium", "Found concurrent writes", "Race condition"), ((string?)read["current_confidence"], (string?)read["steps"]![0]!["findings"], (string?)read["hypotheses"]![0]!["text"]));
        await Assert.ThrowsAsync<KithStaleException>(() => Memory.SetStateAsync(id, [], etag: state.ETag, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Workflow_state_persistence()
    {
        var workflow = new MyWorkflow(Memory);
        var first = await workflow.RunAsync("the review", cancellationToken: Cancelled);
        var second = await workflow.RunAsync("the review", first.ThreadId, cancellationToken: Cancelled);
        Assert.Equal(("Step 1 of the review, after 0 findings", "Step 2 of the review, after 1 findings"), (first.Synthesis, second.Synthesis));
        Assert.Equal(("My custom workflow", first.ThreadId), (workflow.Description, second.ThreadId));
        await Assert.ThrowsAsync<KithNotFoundException>(() => workflow.RunAsync("the review", "unknown", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task State_access_patterns()
    {
        var workflow = new MyWorkflow(Memory);
        var id = (await workflow.RunAsync("the review", cancellationToken: Cancelled)).ThreadId;

        // Get current state
        Assert.Equal(2, (int)(await workflow.GetThreadAsync(id, Cancelled))!.State!.Data["step"]!);
        Assert.Equal(2, (await workflow.GetStateAsync(id, Cancelled))!.Step);

        // Update state
        await Memory.UpdateStateAsync(id, data => With(data!, "new_field", "value"), StateJson.Default.JsonObject, Cancelled);
        Assert.Equal("value", (string?)(await workflow.GetThreadAsync(id, Cancelled))!.State!.Data["new_field"]);

        // Check state version
        if ((await workflow.GetThreadAsync(id, Cancelled))!.State is { SchemaVersion: not "2.0" } old)
            await Memory.SetStateAsync(id, MySecondWorkflow.MigrateStateV1ToV2(old.Data), "2.0", cancellationToken: Cancelled);
        var migrated = (await workflow.GetThreadAsync(id, Cancelled))!.State!;
        Assert.Equal(("2.0", "exploring", "value"), (migrated.SchemaVersion, (string?)migrated.Data["confidence"], (string?)migrated.Data["new_field"]));

        static JsonObject With(JsonObject data, string name, string value)
        {
            data[name] = value;
            return data;
        }
    }

    [Fact]
    public async Task Custom_analysis_workflow()
    {
        var prompts = new List<string>();
        var workflow = new CustomAnalysisWorkflow(Answer, Memory);

        var result1 = await workflow.RunAsync("Analyze code quality", files: ["src/main.py"], cancellationToken: Cancelled);
        var result2 = await workflow.RunAsync("Check for security issues", continuationId: result1.ThreadId, files: ["src/auth.py"], cancellationToken: Cancelled);

        var state = await workflow.GetStateAsync(result1.ThreadId, Cancelled);
        Assert.Equal(["No tests", "Long methods", "Plain passwords"], state!.Findings);
        Assert.Equal(["src/main.py", "src/auth.py"], state.FilesExamined);
        Assert.Equal((2, 3, 2), ((int)result2.Metadata["analysis_step"]!, (int)result2.Metadata["total_findings"]!, (int)result2.Metadata["files_examined"]!));
        Assert.Equal(("Analysis Step 2", false, true), (result2.Steps[0].Name, result1.IsContinuation, result2.IsContinuation));

        Assert.StartsWith("Analysis Step: 2\nPrevious Findings: 2\nRecent Findings:\n- No tests\n- Long methods\nFiles to analyze: src/auth.py", prompts[1], StringComparison.Ordinal);
        Assert.Contains("User: Analyze code quality\nAssistant: I see:", prompts[1], StringComparison.Ordinal);
        Assert.EndsWith("Current Request: Check for security issues", prompts[1], StringComparison.Ordinal);

        var thread = await workflow.GetThreadAsync(result1.ThreadId, Cancelled);
        Assert.Equal(["user", "assistant", "user", "assistant"], thread!.Messages.Select(message => message.Role));
        Assert.Equal(("double", 1, 1), (thread.Messages[3].ModelName, (int)thread.Messages[3].Metadata!["findings_count"]!, (int)thread.Messages[2].Metadata!["step"]!));
        await Assert.ThrowsAsync<KithNotFoundException>(() => workflow.RunAsync("Go on", "unknown", cancellationToken: Cancelled));

        string Answer(string prompt)
        {
            prompts.Add(prompt);
            return prompts.Count == 1 ? "I see:\n- No tests\n* Long methods" : "One more:\n- Plain passwords";
        }
    }

    [Fact]
    public async Task Branches_explore_alternatives()
    {
        var chat = new CustomAnalysisWorkflow(prompt => "Fine.", Memory);
        var main = (await chat.RunAsync("Design authentication system", cancellationToken: Cancelled)).ThreadId;
        await chat.RunAsync("Use JWT tokens", continuationId: main, cancellationToken: Cancelled);
        var oauth = await Memory.CreateThreadAsync("chat", parentThreadId: main, initialContext: new() { ["exploring"] = "OAuth alternative" }, cancellationToken: Cancelled);
        await chat.RunAsync("What if we use OAuth 2.0 instead?", continuationId: oauth.ThreadId, cancellationToken: Cancelled);
        var session = await Memory.CreateThreadAsync("chat", parentThreadId: main, initialContext: new() { ["exploring"] = "Session-based alternative" }, cancellationToken: Cancelled);

        await chat.RunAsync("What about session-based authentication?", continuationId: session.ThreadId, cancellationToken: Cancelled);

        List<(string Exploring, int Messages)> branches = [];
        foreach (var threadId in new[] { main, oauth.ThreadId, session.ThreadId })
        {
            var thread = (await Memory.GetThreadAsync(threadId, Cancelled))!;
            branches.Add(((string?)thread.InitialContext["exploring"] ?? "main", thread.Messages.Count));
        }

        Assert.Equal([("main", 4), ("OAuth alternative", 2), ("Session-based alternative", 2)], branches);
        Assert.Equal([session.ThreadId], (await Memory.GetSiblingsAsync(oauth.ThreadId, Cancelled)).Select(sibling => sibling.ThreadId));
        Assert.Equal(6, (await Memory.BuildConversationHistoryAsync(oauth.ThreadId, new() { IncludeParents = true }, Cancelled)).MessageCount);
        await Assert.ThrowsAsync<KithConflictException>(() => Memory.DeleteThreadAsync(main, ChildrenRule.Forbid, Cancelled));
        await Memory.DeleteThreadAsync(main, cancellationToken: Cancelled);
        Assert.Null(await Memory.GetThreadAsync(main, Cancelled));
    }

    [Fact]
    public async Task State_migration()
    {
        var id = (await new MyWorkflow(Memory).RunAsync("the review", cancellationToken: Cancelled)).ThreadId;
        var second = new MySecondWorkflow(Memory);
        Assert.Equal("exploring: 1 findings of before", (await second.RunAsync("No tests", id, cancellationToken: Cancelled)).Synthesis);

        var state = (await second.GetThreadAsync(id, Cancelled))!.State!;
        Assert.Equal("2.0", state.SchemaVersion);
        Assert.Equal(
            """{"step":2,"confidence":"exploring","findings":{"all":["New finding"],"high_priority":["No tests"],"medium_priority":[],"low_priority":[]}}""",
            state.Data.ToJsonString());
    }

    [Fact]
    public async Task A_history_fits_the_context_window()
    {
        var id = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await Memory.AddMessagesAsync(id, Enumerable.Range(1, 20).Select(i => new ConversationMessage(i % 2 == 1 ? "user" : "assistant", $"{i:00}" + new string('x', 398))), cancellationToken: Cancelled);

        var relevant = await Memory.BuildConversationHistoryAsync(id, new() { MaxTokens = 450, SmartCompaction = false }, Cancelled);
        Assert.Equal(["17", "18", "19", "20"], relevant.Messages.Select(message => message.Content[..2]));
        Assert.Equal((400, 20, 16), (relevant.EstimatedTokens, relevant.TotalMessages, relevant.Omitted));
    }

    [Fact]
    public async Task Workflows_collaborate()
    {
        List<string> prompts = [];
        var chat = new CustomAnalysisWorkflow(prompt => "- A race in the cache", Memory);
        var deep = new CustomAnalysisWorkflow(Investigate, Memory);

        var chatThread = (await chat.RunAsync("Analyze this bug", cancellationToken: Cancelled)).ThreadId;
        var findings = (await Memory.GetThreadAsync(chatThread, Cancelled))!.Messages[^1].Content;
        var deepThread = (await deep.RunAsync($"Systematic investigation of: {findings}", files: ["src/bug.py"], cancellationToken: Cancelled)).ThreadId;
        Assert.NotNull((await Memory.GetThreadAsync(deepThread, Cancelled))!.State);
        await Memory.UpdateThreadAsync(deepThread, new() { InitialContext = new() { ["from_chat"] = chatThread } }, Cancelled);

        Assert.NotEqual(chatThread, deepThread);
        Assert.Contains("Systematic investigation of: - A race in the cache", Assert.Single(prompts), StringComparison.Ordinal);
        Assert.Equal(chatThread, (string?)(await Memory.GetThreadAsync(deepThread, Cancelled))!.InitialContext["from_chat"]);

        string Investigate(string prompt)
        {
            prompts.Add(prompt);
            return "- Two writers";
        }
    }

    [Fact]
    public async Task Lists_statistics_settings_and_files()
    {
        for (var i = 0; i < 3; i++)
            await Memory.CreateThreadAsync(i == 0 ? "chat" : "thinkdeep", cancellationToken: Cancelled);
        Assert.Equal(3, await Memory.ListThreadsAsync(new() { PageSize = 2 }, Cancelled).CountAsync(Cancelled));
        Assert.Equal(2, await Memory.ListThreadsAsync(new() { WorkflowName = "thinkdeep", Status = ConversationStatus.Active }, Cancelled).CountAsync(Cancelled));
        var statistics = await Memory.GetStatisticsAsync(Cancelled);
        Assert.Equal((3, 3, new WorkflowCount("thinkdeep", 2)), (statistics.TotalThreads, statistics.ActiveThreads, statistics.TopWorkflows[0]));

        var settings = await _kith.SetSettingsAsync(new() { TtlHours = 24, MaxMessages = 50 }, Cancelled);
        Assert.Equal(settings, await _kith.GetSettingsAsync(Cancelled));
        Assert.Equal((24d, 50), (settings.TtlHours, settings.MaxMessages));

        var report = await Memory.ImportThreadsAsync(
            [
                (JsonObject)JsonNode.Parse("""{"thread_id":"old","workflow_name":"chat","created_at":"2025-11-06T10:00:00Z","last_updated_at":"2025-11-06T10:00:00Z","messages":[{"role":"user","content":"Hello","timestamp":"2025-11-06T10:00:00Z"}]}""")!,
                new JsonObject { ["thread_id"] = "bad" },
            ],
            Cancelled);
        Assert.Equal(("old", 1), (Assert.Single(report.Imported), Assert.Single(report.Failed).Index));
        Assert.Equal("Hello", Assert.Single((await Memory.GetThreadAsync("old", Cancelled))!.Messages).Content);
    }
}
