using System.Reflection;
using System.Text.Json.Nodes;
using Kith.Client.Administration;
using Kith.Client.Agents;
using Kith.Client.Tests.PublicApi;
using Kith.Client.Tests.Threads;
using Kith.Client.Threads;

namespace Kith.Client.Tests.Mocking;

/// <summary>Each client, without a server.</summary>
public sealed class MockableTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Clients => DocumentationTests.Clients;

    [Theory]
    [MemberData(nameof(Clients))]
    public void All_of_a_client_can_be_replaced(string name)
    {
        var type = typeof(KithClient).Assembly.GetType(name)!;
        Assert.Contains(type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), constructor => constructor.GetParameters().Length == 0 && (constructor.IsFamily || constructor.IsPublic));
        Assert.Empty(type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(method => !method.IsVirtual || method.IsFinal).Select(method => method.Name));
    }

    [Fact]
    public async Task An_application_that_uses_them_all_is_tested_without_a_server()
    {
        KithClient kith = new Everything();
        Assert.Equal("alice", (await kith.CreatePeerAsync("alice", cancellationToken: Cancelled)).Id);
        Assert.Equal("Rome", (string?)kith.Peer("alice").Metadata!["city"]);
        Assert.True(kith.Session("s").IsActive);
        Assert.Equal("s", (await kith.Scope("work").GetSessionsAsync(cancellationToken: Cancelled).FirstAsync(Cancelled)).Id);
        Assert.Equal("Lives in Rome", (await kith.Conclusions.QueryAsync("home", cancellationToken: Cancelled))[0].Content);
        Assert.Equal("w1", (await kith.Webhooks.CreateAsync(new Uri("https://app.example"), Cancelled)).Id);
        Assert.Equal("completed", (await kith.Erasures.WaitAsync("e1", cancellationToken: Cancelled)).State);
        using var file = new MemoryStream();
        await kith.Transfers.ExportAsync(file, cancellationToken: Cancelled);
        Assert.Equal(1, file.Length);
        Assert.Equal("token", (await kith.Keys.CreateAsync("reports", cancellationToken: Cancelled)).Token);
        Assert.Equal("f1", (await kith.FailedSteps.ReplayAsync("f1", Cancelled)).Id);
        Assert.Equal(7, (await kith.Work.GetAsync(cancellationToken: Cancelled)).OldestPendingSeconds);
        Assert.Equal("r1", (await kith.Rebuilds.StartAsync(cancellationToken: Cancelled)).Id);
        Assert.Equal("Ada", (await kith.Agents.GetAsync(Guid.Empty, Cancelled)).Name);
        var session = await kith.AgentSessions.CreateAsync(Guid.Empty, Guid.Empty, cancellationToken: Cancelled);
        Assert.Equal(("Hello", "a1"), ((await session.SendMessageAsync("Hello", cancellationToken: Cancelled)).Content, session.Info!.SessionId));
        Assert.Equal(["chat"], await kith.Threads.States.ListAsync(Cancelled));
    }

    [Fact]
    public async Task Workflows_and_migrations_run_on_a_memory_of_the_tests_own()
    {
        var memory = new MemoryInMemory();
        var first = await new MyWorkflow(memory).RunAsync("the review", cancellationToken: Cancelled);
        Assert.Equal("exploring: 1 findings of before", (await new MySecondWorkflow(memory).RunAsync("No tests", first.ThreadId, cancellationToken: Cancelled)).Synthesis);
        Assert.Equal("2.0", memory.State!.SchemaVersion);
        await memory.UpdateStateAsync("t", state => new JsonObject { ["was"] = state!["step"]!.DeepClone() }, StateJson.Default.JsonObject, Cancelled);
        Assert.Equal("""{"was":2}""", memory.State.Data.ToJsonString());
        Assert.Equal(["the review", "Step 1 of the review, after 0 findings", "No tests", "exploring: 1 findings of before"], memory.Said);
    }

    private sealed class Everything : KithClient
    {
        public override Conclusions Conclusions => new OneConclusion();

        public override Webhooks Webhooks => new OneWebhook();

        public override Erasures Erasures => new DoneErasures();

        public override Transfers Transfers => new OneByte();

        public override ApiKeys Keys => new OneKey();

        public override FailedSteps FailedSteps => new OneStep();

        public override BackgroundWork Work => new SomeWork();

        public override Rebuilds Rebuilds => new OneRebuild();

        public override AgentRegistry Agents => new OneAgent();

        public override AgentSessions AgentSessions => new OneAgentSession();

        public override ConversationMemory Threads => new MemoryInMemory();

        public override Peer Peer(string id) => new OnePeer(id);

        public override Session Session(string id) => new OneSession(id);

        public override Scope Scope(string id) => new OneScope();

        public override Task<Peer> CreatePeerAsync(string id, JsonObject? metadata = null, PeerConfiguration? configuration = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(Peer(id));
    }

    private sealed class OnePeer : Peer
    {
        public OnePeer(string id) => (Id, Metadata) = (id, new() { ["city"] = "Rome" });

        public override string Id { get; }
    }

    private sealed class OneSession(string id) : Session
    {
        public override string Id => id;

        public override bool? IsActive => true;
    }

    private sealed class OneScope : Scope
    {
        public override Paged<Session> GetSessionsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) => KithModelFactory.Paged<Session>(new OneSession("s"));
    }

    private sealed class OneConclusion : Conclusions
    {
        public override Task<IReadOnlyList<Conclusion>> QueryAsync(string query, ConclusionQueryOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<Conclusion>>([new() { Id = "c1", Content = "Lives in Rome" }]);
    }

    private sealed class OneWebhook : Webhooks
    {
        public override Task<Webhook> CreateAsync(Uri address, CancellationToken cancellationToken = default) => Task.FromResult(new Webhook { Id = "w1" });
    }

    private sealed class DoneErasures : Erasures
    {
        public override Task<Erasure> WaitAsync(string id, TimeSpan? timeout = null, CancellationToken cancellationToken = default) => Task.FromResult(new Erasure { Id = id, State = "completed" });
    }

    private sealed class OneByte : Transfers
    {
        public override Task ExportAsync(Stream target, PeerId? peer = null, CancellationToken cancellationToken = default)
        {
            target.WriteByte(1);
            return Task.CompletedTask;
        }
    }

    private sealed class OneKey : ApiKeys
    {
        public override Task<IssuedKey> CreateAsync(
            string name, PeerId? peer = null, SessionId? session = null, bool readOnly = false, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new IssuedKey("token", new ApiKey { Id = "k1", Name = name }));
    }

    private sealed class OneStep : FailedSteps
    {
        public override Task<FailedStep> ReplayAsync(string id, CancellationToken cancellationToken = default) => Task.FromResult(new FailedStep { Id = id });
    }

    private sealed class SomeWork : BackgroundWork
    {
        public override Task<WorkOverview> GetAsync(SessionId? session = null, CancellationToken cancellationToken = default) => Task.FromResult(new WorkOverview { OldestPendingSeconds = 7 });
    }

    private sealed class OneRebuild : Rebuilds
    {
        public override Task<Rebuild> StartAsync(IEnumerable<RebuildPart>? what = null, SessionId? session = null, PeerId? peer = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new Rebuild { Id = "r1" });
    }

    private sealed class OneAgent : AgentRegistry
    {
        public override Task<Agent> GetAsync(Guid id, CancellationToken cancellationToken = default) => Task.FromResult(new Agent { Id = id, Name = "Ada" });
    }

    private sealed class OneAgentSession : AgentSessions
    {
        public override Task<AgentSession> CreateAsync(Guid agentId, Guid userId, JsonObject? metadata = null, SessionTimeouts? timeouts = null, CancellationToken cancellationToken = default) =>
            Task.FromResult<AgentSession>(new Echo());
    }

    private sealed class Echo : AgentSession
    {
        public Echo() => Info = new SessionInfo { SessionId = "a1" };

        public override Task<SentMessage> SendMessageAsync(
            string content, bool waitForReply = false, IEnumerable<JsonObject>? attachments = null, JsonObject? metadata = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new SentMessage { Content = content });
    }

    private sealed class OneState : WorkflowStates
    {
        public override Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<string>>(["chat"]);
    }

    private sealed class MemoryInMemory : ConversationMemory
    {
        private int _version;

        public List<string> Said { get; } = [];

        public ConversationState? State { get; private set; }

        public override WorkflowStates States => new OneState();

        public override Task<ConversationThread> CreateThreadAsync(string workflowName, JsonObject? initialContext = null, string? parentThreadId = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ConversationThread { ThreadId = "t", WorkflowName = workflowName });

        public override Task<ConversationThread?> GetThreadAsync(string threadId, CancellationToken cancellationToken = default) => Task.FromResult<ConversationThread?>(new() { ThreadId = threadId, State = State });

        public override Task<ConversationMessage> AddMessageAsync(string threadId, ConversationMessage message, bool createIfMissing = false, CancellationToken cancellationToken = default)
        {
            Said.Add(message.Content);
            return Task.FromResult(message);
        }

        public override Task<ConversationHistory> BuildConversationHistoryAsync(string threadId, HistoryOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ConversationHistory());

        public override Task<ConversationState?> GetStateAsync(string threadId, CancellationToken cancellationToken = default) => Task.FromResult(State);

        public override Task<ConversationState> SetStateAsync(string threadId, JsonObject data, string? schemaVersion = null, string? etag = null, CancellationToken cancellationToken = default)
        {
            Assert.Equal(State?.ETag ?? ConversationState.None, etag);
            State = new ConversationState("myworkflow", data, schemaVersion ?? State?.SchemaVersion ?? "1.0") { ETag = $"\"{++_version}\"" };
            return Task.FromResult(State);
        }
    }
}
