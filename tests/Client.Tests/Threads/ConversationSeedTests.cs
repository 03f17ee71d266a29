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

        Assert.Equal([thread.ThreadId, branch.ThreadId], (await Memory.GetThreadChainAsync(branch.ThreadId, cancellationToken: Cancelled)).Select(link => link.ThreadId));
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
    }

    [Fact]
    public async Task States()
    {
        var id = (await Memory.CreateThreadAsync("thinkdeep", cancellationToken: Cancelled)).ThreadId;
        var state = await Memory.SetStateAsync(id, new() { ["steps"] = new JsonArray(), ["current_confidence"] = "exploring" }, "1.0", cancellationToken: Cancelled);
        state.Data["current_confidence"] = "medium";
        var written = await Memory.SetStateAsync(id, state.Data, etag: state.ETag, cancellationToken: Cancelled);
        await Assert.ThrowsAsync<KithStaleException>(() => Memory.SetStateAsync(id, [], etag: state.ETag, cancellationToken: Cancelled));
        Assert.Equal(("medium", "1.0"), ((string?)(await Memory.GetThreadAsync(id, Cancelled))!.State!.Data["current_confidence"], written.SchemaVersion));

        await Memory.UpdateThreadAsync(id, new() { InitialContext = new() { ["from_chat"] = "t1" } }, Cancelled);
        Assert.Equal("t1", (string?)(await Memory.GetThreadAsync(id, Cancelled))!.InitialContext["from_chat"]);

        await Memory.States.SetAsync("chat", new() { ["greeted"] = true }, cancellationToken: Cancelled);
        await Memory.States.UpdateAsync("chat", new() { ["visits"] = 2 }, Cancelled);
        Assert.Equal("""{"greeted":true,"visits":2}""", (await Memory.States.GetAsync("chat", Cancelled))!.Data.ToJsonString());
        Assert.Equal(["chat"], await Memory.States.ListAsync(Cancelled));
        Assert.True(await Memory.States.DeleteAsync("chat", Cancelled));
        Assert.False(await Memory.States.DeleteAsync("chat", Cancelled));
        Assert.Null(await Memory.States.GetAsync("chat", Cancelled));
    }

    [Fact]
    public async Task A_first_state_is_written_once()
    {
        var id = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await Memory.SetStateAsync(id, new() { ["a"] = 1 }, etag: ConversationState.None, cancellationToken: Cancelled);
        await Assert.ThrowsAsync<KithStaleException>(() => Memory.SetStateAsync(id, new() { ["a"] = 2 }, etag: ConversationState.None, cancellationToken: Cancelled));
        await Memory.States.SetAsync("chat", [], etag: ConversationState.None, cancellationToken: Cancelled);
        await Assert.ThrowsAsync<KithStaleException>(() => Memory.States.SetAsync("chat", [], etag: ConversationState.None, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Of_two_first_runs_one_state_stays_and_both_answers()
    {
        var id = (await Memory.CreateThreadAsync("custom_analysis", cancellationToken: Cancelled)).ThreadId;
        var other = new CustomAnalysisWorkflow(_ => "- Theirs", Memory);
        var workflow = new CustomAnalysisWorkflow(
            _ =>
            {
                other.RunAsync("Be faster", id, cancellationToken: Cancelled).Wait(Cancelled);
                return "- Mine";
            },
            Memory);
        await Assert.ThrowsAsync<KithStaleException>(() => workflow.RunAsync("Be slower", id, cancellationToken: Cancelled));
        Assert.Equal(["Theirs"], (await workflow.GetStateAsync(id, Cancelled))!.Findings);
        Assert.Equal(["Be slower", "Be faster", "- Theirs", "- Mine"], (await Memory.GetMessagesAsync(id, cancellationToken: Cancelled)).Select(message => message.Content));
    }

    [Fact]
    public async Task Writers_of_one_state_lose_nothing()
    {
        var id = (await Memory.CreateThreadAsync("chat", cancellationToken: Cancelled)).ThreadId;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Memory.UpdateStateAsync(id, state => Examined(state ?? new(), $"{i}.py"), StateJson.Default.AnalysisState, Cancelled)));
        Assert.Equal(8, (await Memory.GetStateAsync(id, StateJson.Default.AnalysisState, Cancelled))!.FilesExamined.Distinct().Count());

        static AnalysisState Examined(AnalysisState state, string file)
        {
            state.FilesExamined.Add(file);
            return state;
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

        Assert.Equal(2, (await Memory.GetThreadAsync(oauth.ThreadId, Cancelled))!.Messages.Count);
        Assert.Equal([session.ThreadId], (await Memory.GetSiblingsAsync(oauth.ThreadId, Cancelled)).Select(sibling => sibling.ThreadId));
        Assert.Equal(6, (await Memory.BuildConversationHistoryAsync(oauth.ThreadId, new() { IncludeParents = true }, Cancelled)).MessageCount);
        await Assert.ThrowsAsync<KithConflictException>(() => Memory.DeleteThreadAsync(main, ChildrenRule.Forbid, Cancelled));
        await Memory.DeleteThreadAsync(main, cancellationToken: Cancelled);
        Assert.Null(await Memory.GetThreadAsync(main, Cancelled));
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
