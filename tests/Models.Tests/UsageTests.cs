using System.Diagnostics.Metrics;
using Kith.Core.Usage;
using Kith.Local.Storage;

namespace Kith.Models.Tests;

public sealed class UsageTests
{
    [Fact]
    public async Task Tokens_are_counted_per_purpose_model_and_workspace()
    {
        await using var server = await ModelServer.StartAsync();
        using var data = new DataFolder();
        await using var store = new SqliteDocumentStore(data.Path, TimeProvider.System);
        var usage = new ModelUsage(TimeProvider.System);
        var reasoner = server.Reasoner(usage: usage);
        server.Say(
            Replies.Text("no"),
            Replies.Json("""{"statements":[]}"""),
            Replies.Text("They met."),
            Replies.Text("Rome."),
            Replies.Json("""{"merges":[],"supersessions":[],"contradictions":[],"patterns":[]}"""),
            Replies.Vectors(_ => [1, 0, 0, 0]));

        await reasoner.DeriveAsync(Some.Derive(Some.Turn("m1", "alice", "Hi")), Some.Cancellation);
        await reasoner.SummariseAsync(Some.Summary(), Some.Cancellation);
        await reasoner.AnswerAsync(Some.Question() with { Workspace = "other" }, Some.Memory([Some.Conclusion("a", "alice lives in Rome.")]), Some.Cancellation).ReadAsync();
        await reasoner.ConsolidateAsync(new("demo", "bob", "alice", [Some.Conclusion("a", "x"), Some.Conclusion("b", "y")]), Some.Cancellation);
        await server.Embedder(usage: usage).EmbedAsync("demo", ["text"], Some.Cancellation);

        var history = new UsageHistory(store, usage);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        Assert.Equal(
            [("derive", "thinker", new UsageTotals(2, 200, 40)), ("dream", "thinker", new(1, 100, 20)), ("embed", "embedder", new(1, 7, 0)), ("summary", "thinker", new(1, 100, 20))],
            (await history.ReadAsync("demo", today.AddDays(-1), today, Some.Cancellation)).Select(entry => (entry.Purpose, entry.Model, entry.Totals)));
        Assert.Equal(
            [("chat", "thinker", new UsageTotals(1, 100, 20))],
            (await history.ReadAsync("other", today.AddDays(-1), today, Some.Cancellation)).Select(entry => (entry.Purpose, entry.Model, entry.Totals)));
    }

    [Fact]
    public async Task The_meter_carries_purpose_model_and_workspace()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("They met."));
        // Other tests count at the same time; this workspace is this test's.
        var workspace = $"w{Guid.NewGuid():N}";
        var measured = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ModelUsage.MeterName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary();
            if ((string?)named["workspace"] == workspace && (string?)named["purpose"] == "summary" && (string?)named["model"] == "thinker")
                measured[instrument.Name] = value;
        });
        listener.Start();

        await server.Reasoner().SummariseAsync(Some.Summary() with { Workspace = workspace }, Some.Cancellation);

        Assert.Equal(new Dictionary<string, long> { ["kith.model.calls"] = 1, ["kith.model.input_tokens"] = 100, ["kith.model.output_tokens"] = 20 }, measured);
    }
}
