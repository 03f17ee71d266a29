using System.Text;
using System.Text.Json;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Erasing;
using Kith.Core.Memory;
using Kith.Core.Porting;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Threads;
using Kith.Core.Tokens;
using Kith.Core.Work;
using Kith.Local.Recall;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests;

/// <summary>What is exported from one store and imported into another is the same there, byte by byte, and answers the same.</summary>
public sealed class PortingTests
{
    private const string Tenant = "w";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workspace_goes_from_store_to_store_and_stays_the_same()
    {
        await using var first = new LocalEngine();
        await FillAsync(first);
        var exported = await ExportAsync(first.Engine);
        var lines = Encoding.UTF8.GetString(exported);
        Assert.All(new[] { "\"tombstone\"", "\"card\"", "\"derivation\"", "\"summary\"", "\"workflowState\"", "\"agentSession\"", "\"webhook\"", "\"dream\"", "\"pinned\":true", "scope.team", "\"retractedAt\"" }, part => Assert.Contains(part, lines, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", lines, StringComparison.Ordinal);
        Assert.Equal(exported, await ExportAsync(first.Engine));

        await using var second = new LocalEngine();
        await ImportAsync(second.Engine, second.DrainAsync, exported);
        AssertSame(exported, await ExportAsync(second.Engine));
        Assert.Equal(await AnswersAsync(first.Engine), await AnswersAsync(second.Engine));

        await using var cosmos = await CosmosEngine.StartAsync(Cancel);
        await ImportAsync(cosmos.Engine, () => LocalEngine.DrainAsync(cosmos.Engine, cosmos.Time), exported);
        AssertSame(exported, await ExportAsync(cosmos.Engine));

        await using var third = new LocalEngine();
        await ImportAsync(third.Engine, third.DrainAsync, await ExportAsync(cosmos.Engine));
        AssertSame(exported, await ExportAsync(third.Engine));
        Assert.Equal(await AnswersAsync(first.Engine), await AnswersAsync(third.Engine));
    }

    [Fact]
    public async Task Importing_again_changes_nothing_and_going_on_works()
    {
        await using var first = new LocalEngine();
        await FillAsync(first);
        var exported = await ExportAsync(first.Engine);

        var again = await ImportAsync(first.Engine, first.DrainAsync, exported);
        Assert.Equal((0L, 0L), (again.Imported, again.Refused));
        AssertSame(exported, await ExportAsync(first.Engine));

        await using var second = new LocalEngine();
        await ImportAsync(second.Engine, second.DrainAsync, exported);
        var last = (await second.Engine.Messages.AppendAsync(Tenant, "talk", [new NewMessage("alice", "I bought a piano.")], Cancel))[0];
        await second.DrainAsync();
        Assert.Equal(24, last.Sequence);
        var found = await second.Engine.MessageSearch.SearchAsync(new MessageSearchRequest(Tenant, "piano"), Cancel);
        Assert.Contains(found.Items, match => match.Message.Id == last.Id);

        // What the first store goes on with has no place between what the other has by now.
        await first.Engine.Messages.AppendAsync(Tenant, "talk", [new NewMessage("bob", "I bought a boat.")], Cancel);
        await first.DrainAsync();
        var refused = await ImportAsync(second.Engine, second.DrainAsync, await ExportAsync(first.Engine));
        Assert.Equal(1, refused.Refused);
        Assert.Contains("exists already", refused.Refusals.Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_goes_alone()
    {
        await using var first = new LocalEngine();
        await FillAsync(first);
        var exported = await ExportAsync(first.Engine, "alice");
        Assert.DoesNotContain("I grow tomatoes", Encoding.UTF8.GetString(exported), StringComparison.Ordinal);

        await using var second = new LocalEngine();
        var import = await ImportAsync(second.Engine, second.DrainAsync, exported);

        Assert.Equal((ImportState.Completed, 0L), (import.State, import.Refused));
        AssertSame(exported, await ExportAsync(second.Engine, "alice"));
        var page = await second.Engine.Messages.ListAsync(Tenant, "talk", new Paging(1, 100), null, Cancel);
        Assert.All(page.Items, message => Assert.Equal("alice", message.PeerId));
        Assert.Equal(page.Total, page.Items.Count);
    }

    [Fact]
    public async Task Reading_goes_on_behind_any_cursor()
    {
        await using var first = new LocalEngine();
        for (var i = 0; i < 13; i++)
            await first.Engine.Messages.AppendAsync(Tenant, i < 12 ? "long" : "short", [.. Enumerable.Range(0, 100).Select(n => new NewMessage("alice", $"Number {i} {n}"))], Cancel);
        await first.DrainAsync();
        var whole = await LinesAsync(first.Engine, null, null);
        var cursors = whole.Index().Where(line => line.Item.StartsWith("{\"cursor\":", StringComparison.Ordinal)).ToArray();
        Assert.True(cursors.Length >= 2);
        foreach (var (index, line) in cursors)
        {
            var cursor = JsonDocument.Parse(line).RootElement.GetProperty("cursor").GetString();
            Assert.Equal(whole.Skip(index + 1), await LinesAsync(first.Engine, null, cursor));
        }

        await Assert.ThrowsAsync<KithException>(() => LinesAsync(first.Engine, null, "nonsense"));
    }

    [Theory]
    [InlineData("""{"format":"other"}""", "Line 1: not a Kith export")]
    [InlineData("""{"format":"kith-export","version":9}""", "Line 1: unknown version")]
    [InlineData("{\"format\":\"kith-export\",\"version\":1}\nnonsense", "Line 2: no valid JSON")]
    [InlineData("{\"format\":\"kith-export\",\"version\":1}\n[]", "Line 2: no JSON object")]
    [InlineData("{\"format\":\"kith-export\",\"version\":1}\n{\"at\":\"conversations/s\",\"id\":\"m\",\"document\":{\"type\":\"message\"}}", "Line 2: no message")]
    [InlineData("{\"format\":\"kith-export\",\"version\":1}\n{\"at\":\"work/s\",\"id\":\"m\",\"document\":{\"type\":\"usage\"}}", "Line 2: documents of type 'usage' are not imported")]
    [InlineData("{\"format\":\"kith-export\",\"version\":1}\n{\"at\":\"conversations/s/t\",\"id\":\"m\",\"document\":{\"type\":\"message\"}}", "Line 2: 'at' is no place")]
    [InlineData("{\"format\":\"kith-export\",\"version\":1}\n{\"at\":\"directory/$peers\",\"id\":\"bob\",\"document\":{\"type\":\"peer\",\"name\":\"alice\",\"workspaceId\":\"w\",\"metadata\":{},\"configuration\":{},\"createdAt\":\"2026-01-01T00:00:00.000000Z\"}}", "Line 2: a peer with other ids")]
    [InlineData("{\"format\":\"kith-export\",\"version\":1}", "cut off after line 1")]
    public void A_wrong_line_is_told_by_its_number(string text, string expected)
    {
        var reader = new PortableReader(Tenant);
        var wrong = Assert.Throws<KithException>(() =>
        {
            foreach (var line in text.Split('\n'))
                reader.Read(Encoding.UTF8.GetBytes(line));
            reader.Complete();
        });
        Assert.Equal(ErrorCode.Invalid, wrong.Code);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_line_at_the_end_leaves_nothing_stored()
    {
        await using var first = new LocalEngine();
        await FillAsync(first);
        var exported = Encoding.UTF8.GetString(await ExportAsync(first.Engine)).Replace("{\"end\":true}", "{\"at\":\"nowhere\"}", StringComparison.Ordinal);

        await using var second = new LocalEngine();
        await Assert.ThrowsAsync<KithException>(() => ImportAsync(second.Engine, second.DrainAsync, Encoding.UTF8.GetBytes(exported)));

        Assert.Null(await second.Engine.Workspaces.FindAsync(Tenant, Cancel));
        foreach (var type in new[] { "import", "importChunk" })
            Assert.Equal(0, await second.Engine.Store.CountAsync(Partition.WholeWorkspace(Container.Work, Tenant), new Query(type), Cancel));
    }

    [Fact]
    public async Task Chat_gpt_s_conversations_and_mem0_s_memories_are_told_once()
    {
        const string Conversations = """
            [{"title":"Trip","conversation_id":"c-1","create_time":1700000000.5,"current_node":"n4","mapping":{
              "n1":{"id":"n1","message":null,"parent":null,"children":["n2"]},
              "n2":{"id":"n2","message":{"id":"m-2","author":{"role":"user"},"create_time":1700000001.25,"content":{"content_type":"text","parts":["I live in Lisbon."]},"recipient":"all"},"parent":"n1","children":["n3","x"]},
              "x":{"id":"x","message":{"id":"m-x","author":{"role":"assistant"},"content":{"content_type":"text","parts":["Another answer"]}},"parent":"n2","children":[]},
              "n3":{"id":"n3","message":{"id":"m-3","author":{"role":"tool"},"content":{"content_type":"code","text":"print()"}},"parent":"n2","children":["n4"]},
              "n4":{"id":"n4","message":{"id":"m-4","author":{"role":"assistant"},"create_time":null,"content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer"},"Lisbon is lovely."]}},"parent":"n3","children":[]}}}]
            """;
        const string Memories = """
            {"results":[{"id":"6f1c0a52-1111-4222-8333-444455556666","memory":"Likes hiking","user_id":"ann@example.org","agent_id":"guide","created_at":"2024-07-20T08:30:36.123-07:00","hash":"x"},
                        {"id":"6f1c0a52-1111-4222-8333-444455557777","memory":"Speaks Danish","user_id":"ben"}]}
            """;
        await using var engine = new LocalEngine();
        for (var round = 0; round < 2; round++)
        {
            var chats = await RunAsync(engine, ImportFormat.ChatGpt, ChatGptReader.Read(JsonDocument.Parse(Conversations).RootElement, "user", "chatgpt"));
            var known = await RunAsync(engine, ImportFormat.Mem0, Mem0Reader.Read(JsonDocument.Parse(Memories).RootElement));
            Assert.Equal(round == 0 ? (3L, 0L, 2L, 0L) : (0L, 3L, 0L, 2L), (chats.Imported, chats.Skipped, known.Imported, known.Skipped));
        }

        var said = (await engine.Engine.Messages.ListAsync(Tenant, "c-1", new Paging(), null, Cancel)).Items;
        Assert.Equal([("user", "I live in Lisbon."), ("chatgpt", "Lisbon is lovely.")], said.Select(message => (message.PeerId, message.Content)));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(1_700_000_001_250), said[0].CreatedAt);
        var memories = (await engine.Engine.Conclusions.ListAsync(Tenant, new Paging(1, 100), null, Cancel)).Items;
        var hiking = memories.Single(conclusion => conclusion.Content == "Likes hiking");
        Assert.Equal("guide", hiking.Observer);
        Assert.StartsWith("ann-example-org-", hiking.Observed, StringComparison.Ordinal);
        Assert.Equal("2024-07-20T15:30:36", hiking.CreatedAt.UtcDateTime.ToString("s"));
        Assert.Equal("ben", memories.Single(conclusion => conclusion.Content == "Speaks Danish").Observer);
        Assert.Contains(memories, conclusion => conclusion.Content.Contains("Lisbon", StringComparison.Ordinal) && conclusion.Observed == "user");
    }

    [Theory]
    [InlineData("{}", "a list is expected")]
    [InlineData("""[{"user_id":"a"}]""", "Memory 1: no text")]
    [InlineData("""[{"memory":"x"}]""", "Memory 1: none of")]
    [InlineData("""[{"memory":"x","user_id":"a"},{"memory":"x","user_id":"a","created_at":"yesterday"}]""", "Memory 2: 'created_at'")]
    public void Wrong_memories_are_told(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<KithException>(() => Mem0Reader.Read(JsonDocument.Parse(text).RootElement).ToArray()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1", "a list of conversations")]
    [InlineData("""[{"id":"c"}]""", "Conversation 1: no 'mapping'")]
    [InlineData("""[{"mapping":{}}]""", "Conversation 1: no 'id'")]
    [InlineData("""[{"id":"c","current_node":"a","mapping":{"a":{"parent":"a"}}}]""", "do not hang together")]
    public void Wrong_conversations_are_told(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<KithException>(() => ChatGptReader.Read(JsonDocument.Parse(text).RootElement, "u", "a").ToArray()).Message, StringComparison.Ordinal);

    private static async Task FillAsync(LocalEngine local)
    {
        var engine = local.Engine;
        await engine.Workspaces.UpdateAsync(Tenant, Json("""{"tier":"gold — ü","n":1.50}"""), null, Cancel);
        await engine.Sessions.GetOrCreateAsync(Tenant, "talk", Json("""{"topic":"life"}"""), null, new Dictionary<string, MemberSettings> { ["bob"] = new(ObserveOthers: true) }, ["team"], Cancel);
        for (var i = 0; i < 11; i++)
        {
            await engine.Messages.AppendAsync(Tenant, "talk", [new NewMessage("alice", $"I have a cat named Tom{i}. Ça va?") { Metadata = Json($$"""{"i":{{i}}}""") }], Cancel);
            await engine.Messages.AppendAsync(Tenant, "talk", [new NewMessage("bob", $"I grow tomatoes in bed {i}.")], Cancel);
        }

        await engine.Messages.AppendAsync(Tenant, "talk", [new NewMessage("alice", "I live in Berlin.")], Cancel);
        await local.DrainAsync();
        await engine.Conclusions.CreateAsync(Tenant, [new NewConclusion("bob", "alice", "Alice is kind", null)], Cancel);
        var known = (await engine.Conclusions.ListAsync(Tenant, new Paging(1, 100), null, Cancel)).Items;
        await engine.Conclusions.PinAsync(Tenant, known.First(conclusion => conclusion.Content.Contains("Tom1", StringComparison.Ordinal)).Id, pinned: true, Cancel);
        await engine.Conclusions.CorrectAsync(Tenant, known.First(conclusion => conclusion.Content.Contains("Tom2", StringComparison.Ordinal)).Id, "The cat is called Tim", Cancel);
        await engine.PeerCards.SetAsync(Tenant, "bob", "alice", ["Name: Alice"], Cancel);
        await engine.Sessions.CloneAsync(Tenant, "talk", null, Cancel);
        var page = await engine.Messages.ListAsync(Tenant, "talk", new Paging(1, 100), null, Cancel);
        await engine.Erasures.StartAsync(Tenant, new ErasureTarget(ErasureKind.Message, "talk", page.Items[6].Id), Cancel);
        await engine.Threads.CreateAsync(Tenant, new NewThread("flow") { Id = "11111111-1111-4111-8111-111111111111", InitialContext = Json("""{"a":1}""") }, Cancel);
        await engine.WorkflowStates.ChangeAsync(Tenant, "flow", new StateChange(Json("""{"step":2}""")), Precondition.None, Cancel);
        await engine.Agents.PutAsync(Tenant, "22222222-2222-4222-8222-222222222222", _ => new Agent { Id = "", WorkspaceId = "", Name = "Helper", ResponderSecret = "hush", CreatedAt = default }, Cancel);
        await engine.AgentSessions.CreateAsync(Tenant, "22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333", Json("{}"), new TimeoutChoices(Timeout: 1_000_000, MaxDuration: 1_000_000), Cancel);
        await engine.Webhooks.RegisterAsync(Tenant, "https://example.org/hook", events: null, Cancel);
        await local.DrainAsync();
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static async Task<string> AnswersAsync(KithEngine engine)
    {
        var text = new StringBuilder();
        foreach (var query in new[] { "cat", "tomatoes in bed 7", "Berlin" })
        {
            // What is found equally well, as a copy is, comes in any order.
            var found = (await engine.MessageSearch.SearchAsync(new MessageSearchRequest(Tenant, query) { Limit = 100 }, Cancel)).Items;
            text.AppendLine($"{query}: {found[0].Message.Content} {found[0].Hit.Score}");
            foreach (var content in found.Where(match => match.Hit.TextRank is not null).Select(match => match.Message.Content).Order(StringComparer.Ordinal))
                text.AppendLine($"{query}: {content}");
            foreach (var match in (await engine.Conclusions.QueryAsync(Tenant, "alice", "alice", query, 100, null, null, Clocks.Now, Cancel)).Items.OrderBy(match => match.Hit.Distance).ThenBy(match => match.Conclusion.Id, StringComparer.Ordinal))
                text.AppendLine($"{query}: {match.Conclusion.Id} {match.Hit.Distance}");
        }

        text.AppendJoin('\n', await engine.PeerCards.FindAsync(Tenant, "bob", "alice", Cancel) ?? []);
        var context = await engine.Contexts.OfSessionAsync(new Core.Context.SessionContextRequest(Tenant, "talk") { Tokens = 500, Target = "alice" }, Cancel);
        return text.AppendLine(JsonSerializer.Serialize(context.Messages.Select(message => message.Id))).ToString();
    }

    private static async Task<Import> ImportAsync(KithEngine engine, Func<Task> drainAsync, byte[] lines)
    {
        var reader = new PortableReader(Tenant);
        var import = await engine.Imports.StartAsync(Tenant, ImportFormat.Kith, LinesAsync(lines, reader), () => reader.Peer, Cancel);
        await drainAsync();
        import = await engine.Imports.GetAsync(Tenant, import.Id, Cancel);
        Assert.Equal(ImportState.Completed, import.State);
        return import;
    }

    private static async Task<Import> RunAsync(LocalEngine local, ImportFormat format, IEnumerable<ImportLine> lines)
    {
        var import = await local.Engine.Imports.StartAsync(Tenant, format, lines.Index().Select(line => (line.Index + 1L, line.Item)).ToAsyncEnumerable(), () => null, Cancel);
        await local.DrainAsync();
        return await local.Engine.Imports.GetAsync(Tenant, import.Id, Cancel);
    }

    private static async IAsyncEnumerable<(long Number, ImportLine Line)> LinesAsync(byte[] lines, PortableReader reader)
    {
        await Task.Yield();
        foreach (var (number, line) in Encoding.UTF8.GetString(lines).TrimEnd('\n').Split('\n').Index())
        {
            if (reader.Read(Encoding.UTF8.GetBytes(line)) is { } read)
                yield return (number + 1, read);
        }

        reader.Complete();
    }

    private static async Task<byte[]> ExportAsync(KithEngine engine, string? peer = null) =>
        Encoding.UTF8.GetBytes(string.Join('\n', await LinesAsync(engine, peer, null)) + "\n");

    private static async Task<List<string>> LinesAsync(KithEngine engine, string? peer, string? cursor)
    {
        var lines = new List<string>();
        await foreach (var line in await engine.Exports.OpenAsync(Tenant, peer, cursor, Cancel))
            lines.Add(Encoding.UTF8.GetString(line.Span).TrimEnd('\n'));
        return lines;
    }

    private static void AssertSame(byte[] expected, byte[] actual)
    {
        var (one, other) = (Encoding.UTF8.GetString(expected).Split('\n'), Encoding.UTF8.GetString(actual).Split('\n'));
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
            Assert.Equal(one[i], other[i]);
        Assert.Equal(one.Length, other.Length);
        Assert.Equal(expected, actual);
    }

    /// <summary>The engine on the store of one machine, in a folder of its own.</summary>
    private sealed class LocalEngine : IAsyncDisposable, IWorkQueue
    {
        private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("kith-porting-").FullName;
        private readonly ManualTime _time = new();
        private readonly SqliteDocumentStore _store;

        public LocalEngine()
        {
            _store = new SqliteDocumentStore(_folder, _time);
            var embedder = new HashedEmbedder();
            Engine = new KithEngine(_store, new LocalRecallIndex(_store, embedder), embedder, new ExtractiveReasoner(text => Tokenizer.Count(text)), this, _time, TimeSpan.Zero);
        }

        public KithEngine Engine { get; }

        public Task DrainAsync() => DrainAsync(Engine, _time);

        /// <summary>Runs everything that is due, as the worker would, until nothing is.</summary>
        public static async Task DrainAsync(KithEngine engine, ManualTime time)
        {
            for (var round = 0; round < 500; round++)
            {
                var due = (await engine.Store.DueAsync(null, time.GetUtcNow() + TimeSpan.FromMinutes(1), 1000, Cancel)).Select(item => item.Partition).Distinct().ToArray();
                if (due.Length == 0)
                    return;
                time.Advance(TimeSpan.FromSeconds(40));
                foreach (var partition in due)
                {
                    foreach (var step in await engine.Planner.PlanAsync(partition, Cancel))
                        await engine.Runner.RunAsync(step, Cancel);
                }
            }

            Assert.Fail("Work never ends.");
        }

        public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await _store.DisposeAsync();
            System.IO.Directory.Delete(_folder, recursive: true);
        }
    }
}
