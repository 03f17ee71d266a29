using System.Text.Json.Nodes;
using Kith.Client.Threads;

namespace Kith.Client.Tests.Threads;

/// <summary>ModelChorus's second pattern: states that outlive their schema (spec modelchorus §6 and §8).</summary>
public sealed class StateMigratorTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly ConversationMemory _memory = host.Kith().Threads;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_state_is_migrated_step_by_step_when_it_is_read_and_stays_so()
    {
        var thread = await ThreadAsync();
        var steps = new List<string>();
        var migrator = new StateMigrator()
            .AddMigration("2.0", "3.0", data => With(data, "reviewed", false, steps))
            .AddMigration("1.0", "2.0", data => ToSecond(data, steps));
        Assert.Null(await migrator.ReadAsync(_memory, thread, Cancelled));

        var created = await _memory.SetStateAsync(thread, new() { ["analysis_step"] = 2, ["findings"] = new JsonArray("Race condition") }, "1.0", cancellationToken: Cancelled);
        var state = await migrator.ReadAsync(_memory, thread, Cancelled);

        Assert.Equal(("custom_analysis", "3.0"), (state!.WorkflowName, state.SchemaVersion));
        Assert.Equal(["confidence", "reviewed"], steps);
        var stored = await _memory.GetStateAsync(thread, Cancelled);
        Assert.Equal(
            """{"analysis_step":2,"confidence":"exploring","findings":{"all":["Race condition"],"high_priority":[],"medium_priority":[],"low_priority":[]},"reviewed":false}""",
            stored!.Data.ToJsonString());
        Assert.Equal(("3.0", created.CreatedAt), (stored.SchemaVersion, stored.CreatedAt));

        Assert.Equal(state.Data.ToJsonString(), (await migrator.ReadAsync(_memory, thread, Cancelled))!.Data.ToJsonString());
        Assert.Equal(2, steps.Count);
    }

    [Fact]
    public async Task A_change_that_comes_in_between_is_migrated_too()
    {
        var thread = await ThreadAsync();
        await _memory.SetStateAsync(thread, new() { ["a"] = 1 }, "1.0", cancellationToken: Cancelled);
        var interruptions = 2;
        var migrator = new StateMigrator().AddMigration("1.0", "2.0", data =>
        {
            if (interruptions-- > 0)
                _memory.UpdateStateAsync<JsonObject>(thread, state => With(state!, $"b{interruptions}", 1, []), StateJson.Default.JsonObject, Cancelled).Wait(Cancelled);
            return With(data, "confidence", "exploring", []);
        });

        var state = await migrator.ReadAsync(_memory, thread, Cancelled);
        Assert.Equal("""{"a":1,"b1":1,"b0":1,"confidence":"exploring"}""", state!.Data.ToJsonString());
        Assert.Equal("2.0", state.SchemaVersion);
    }

    [Fact]
    public async Task The_state_of_a_workflow_is_migrated_as_well_as_that_of_a_thread()
    {
        await _memory.States.SetAsync("chat", [], "1.0", cancellationToken: Cancelled);
        var state = await new StateMigrator().AddMigration("1.0", "1.1", data => With(data, "x", 1, [])).ReadAsync(_memory.States, "chat", Cancelled);
        Assert.Equal(("chat", "1.1", """{"x":1}"""), (state!.WorkflowName, state.SchemaVersion, state.Data.ToJsonString()));
    }

    [Fact]
    public void A_newer_state_is_left_alone()
    {
        var newer = new ConversationState("chat", new JsonObject { ["a"] = 1 }, "7.0");
        Assert.Same(newer, new StateMigrator().AddMigration("1.0", "2.0", data => data).Migrate(newer));
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
        var old = new ConversationState("chat", new JsonObject { ["a"] = 1 }, "1.0");
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

    private async Task<string> ThreadAsync() => (await _memory.CreateThreadAsync("custom_analysis", cancellationToken: Cancelled)).ThreadId;
}
