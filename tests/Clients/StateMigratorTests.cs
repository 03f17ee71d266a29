using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kith.Client;

namespace Kith.Clients;

/// <summary>The seed document's second pattern: states that outlive their schema (spec modelchorus §6 and §8).</summary>
public sealed class StateMigratorTests : IAsyncLifetime
{
    private const string Threads = "v1/workspaces/w/threads";
    private static readonly Uri State = new($"{Threads}/t/state", UriKind.Relative);

    private readonly DataFolder _data = new();
    private HostProcess? _host;
    private HttpClient? _client;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync(_data);
        _client = new HttpClient { BaseAddress = _host.Address };
        await AskAsync(HttpMethod.Post, Threads, new { workflowName = "custom_analysis", threadId = "t" });
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_state_is_migrated_step_by_step_when_it_is_read_and_stays_so()
    {
        var steps = new List<string>();
        var migrator = new StateMigrator()
            .AddMigration("2.0", "3.0", data => With(data, "reviewed", false, steps))
            .AddMigration("1.0", "2.0", data => ToSecond(data, steps));
        Assert.Null(await migrator.ReadAsync(_client!, State, Cancelled));

        await AskAsync(HttpMethod.Put, State.ToString(), new { data = new { analysis_step = 2, findings = new[] { "Race condition" } }, schemaVersion = "1.0" });
        var created = (string)(await AskAsync(HttpMethod.Get, State.ToString()))["createdAt"]!;
        var state = await migrator.ReadAsync(_client!, State, Cancelled);

        Assert.Equal(("custom_analysis", "3.0"), (state!.WorkflowName, state.SchemaVersion));
        Assert.Equal(["confidence", "reviewed"], steps);
        var stored = await AskAsync(HttpMethod.Get, State.ToString());
        Assert.Equal(
            """{"analysis_step":2,"confidence":"exploring","findings":{"all":["Race condition"],"high_priority":[],"medium_priority":[],"low_priority":[]},"reviewed":false}""",
            stored["data"]!.ToJsonString());
        Assert.Equal(("3.0", created), ((string)stored["schemaVersion"]!, (string)stored["createdAt"]!));

        Assert.Equal(state.Data.ToJsonString(), (await migrator.ReadAsync(_client!, State, Cancelled))!.Data.ToJsonString());
        Assert.Equal(2, steps.Count);
    }

    [Fact]
    public async Task A_change_that_comes_in_between_is_migrated_too()
    {
        await AskAsync(HttpMethod.Put, State.ToString(), new { data = new { a = 1 }, schemaVersion = "1.0" });
        var interruptions = 2;
        var migrator = new StateMigrator().AddMigration("1.0", "2.0", data =>
        {
            if (interruptions-- > 0)
                AskAsync(HttpMethod.Patch, State.ToString(), new { data = new Dictionary<string, int> { [$"b{interruptions}"] = 1 } }).Wait(Cancelled);
            return With(data, "confidence", "exploring", []);
        });

        var state = await migrator.ReadAsync(_client!, State, Cancelled);
        Assert.Equal("""{"a":1,"b1":1,"b0":1,"confidence":"exploring"}""", state!.Data.ToJsonString());
        Assert.Equal("2.0", state.SchemaVersion);
    }

    [Fact]
    public async Task The_state_of_a_workflow_is_migrated_as_well_as_that_of_a_thread()
    {
        var address = new Uri("v1/workspaces/w/states/chat", UriKind.Relative);
        await AskAsync(HttpMethod.Put, address.ToString(), new { data = new { }, schemaVersion = "1.0" });
        var state = await new StateMigrator().AddMigration("1.0", "1.1", data => With(data, "x", 1, [])).ReadAsync(_client!, address, Cancelled);
        Assert.Equal(("chat", "1.1", """{"x":1}"""), (state!.WorkflowName, state.SchemaVersion, state.Data.ToJsonString()));
    }

    [Fact]
    public async Task What_Kith_refuses_is_thrown_and_a_newer_state_is_left_alone()
    {
        var migrator = new StateMigrator().AddMigration("1.0", "2.0", data => data);
        await Assert.ThrowsAsync<HttpRequestException>(() => migrator.ReadAsync(_client!, new Uri("v1/workspaces/w/states/a%20b", UriKind.Relative), Cancelled));
        var newer = new StoredState("chat", new JsonObject { ["a"] = 1 }, "7.0");
        Assert.Same(newer.Data, migrator.Migrate(newer).Data);
    }

    [Fact]
    public void Steps_neither_compete_nor_go_round_in_circles()
    {
        var migrator = new StateMigrator().AddMigration("1.0", "2.0", data => data).AddMigration("2.0", "3.0", data => data);
        Assert.Throws<ArgumentException>(() => migrator.AddMigration("1.0", "3.0", data => data));
        Assert.Throws<ArgumentException>(() => migrator.AddMigration("3.0", "1.0", data => data));
        Assert.Throws<ArgumentException>(() => migrator.AddMigration("4.0", "4.0", data => data));
    }

    [Fact]
    public void A_step_cannot_change_what_it_was_given()
    {
        var old = new StoredState("chat", new JsonObject { ["a"] = 1 }, "1.0");
        var migrated = new StateMigrator().AddMigration("1.0", "2.0", data => With(data, "b", 2, [])).Migrate(old);
        Assert.Equal(("""{"a":1}""", """{"a":1,"b":2}"""), (old.Data.ToJsonString(), migrated.Data.ToJsonString()));
    }

    /// <summary>As in the document: v2 adds confidence tracking and restructures findings.</summary>
    private static JsonObject ToSecond(JsonObject data, List<string> steps)
    {
        var all = data["findings"]!.DeepClone();
        data.Remove("findings");
        return With(With(data, "confidence", "exploring", steps), "findings", new JsonObject { ["all"] = all, ["high_priority"] = new JsonArray(), ["medium_priority"] = new JsonArray(), ["low_priority"] = new JsonArray() }, []);
    }

    private static JsonObject With(JsonObject data, string name, JsonNode value, List<string> steps)
    {
        data[name] = value;
        steps.Add(name);
        return data;
    }

    private async Task<JsonNode> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _client!.SendAsync(request, Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {response.StatusCode}");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!;
    }
}
