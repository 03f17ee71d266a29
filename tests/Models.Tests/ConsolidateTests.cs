using System.Text.Json;
using Kith.Azure.Models;
using Kith.Core.Reasoning;

namespace Kith.Models.Tests;

public sealed class ConsolidateTests
{
    private static readonly ConsolidationRequest _request = new(
        "demo", "bob", "alice", [Some.Conclusion("a", "alice lives in Rome."), Some.Conclusion("b", $"alice resides in Rome, {Some.Secret}."), Some.Conclusion("c", "alice ran on Monday."), Some.Conclusion("d", "alice ran on Friday.")]);

    [Fact]
    public async Task Proposals_name_the_conclusions_by_their_ids()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Json("""
            {"merges":[{"kept":1,"duplicates":[2]}],
             "supersessions":[{"old":2,"new":3}],
             "contradictions":[{"conclusions":[3,4],"reason":"One run or two."}],
             "patterns":[{"content":"alice runs twice a week.","sources":[3,4]}]}
            """));

        var consolidation = await server.Reasoner().ConsolidateAsync(_request, Some.Cancellation);

        Assert.Equivalent(
            new Consolidation([new("a", ["b"])], [new("alice runs twice a week.", ["c", "d"])])
            {
                Supersessions = [new("b", "c")],
                Contradictions = [new("c", "d", "One run or two.")],
                Usage = new ReasoningUsage(1, 100, 20),
            },
            consolidation,
            strict: true);
        Assert.DoesNotContain(Some.Secret, server.Requests[0].Text("system"), StringComparison.Ordinal);
        Assert.True((bool?)server.Requests[0].Body["response_format"]!["json_schema"]!["strict"]);
    }

    [Fact]
    public async Task What_names_unknown_conclusions_or_too_few_is_dropped()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Json("""
            {"merges":[{"kept":9,"duplicates":[1]},{"kept":1,"duplicates":[1,7]},{"kept":1,"duplicates":[2,8]}],
             "supersessions":[{"old":1,"new":1},{"old":9,"new":1},{"old":1,"new":0}],
             "contradictions":[{"conclusions":[1,1],"reason":"r"},{"conclusions":[1,2,3],"reason":"r"},{"conclusions":[4,9],"reason":"r"}],
             "patterns":[{"content":"alice runs.","sources":[3,3,12]},{"content":" ","sources":[3,4]}]}
            """));

        var consolidation = await server.Reasoner().ConsolidateAsync(_request, Some.Cancellation);

        Assert.Equivalent(new Consolidation([new("a", ["b"])], []) { Usage = new ReasoningUsage(1, 100, 20) }, consolidation, strict: true);
    }

    [Fact]
    public async Task No_conclusion_goes_into_one_that_goes_itself()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Json("""{"merges":[{"kept":1,"duplicates":[2]},{"kept":2,"duplicates":[3]},{"kept":4,"duplicates":[1,2]}],"supersessions":[],"contradictions":[],"patterns":[]}"""));

        var consolidation = await server.Reasoner().ConsolidateAsync(_request, Some.Cancellation);

        Assert.Equivalent(new Consolidation.Merge[] { new("a", ["b"]) }, consolidation.Merges, strict: true);
    }

    [Fact]
    public async Task Many_conclusions_are_looked_at_in_several_calls()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Json("""{"merges":[{"kept":1,"duplicates":[2]}],"supersessions":[],"contradictions":[],"patterns":[]}"""));
        RecalledConclusion[] many = [.. Enumerable.Range(0, 900).Select(i => Some.Conclusion($"id-{i}", $"alice said {i}."))];

        var consolidation = await server.Reasoner().ConsolidateAsync(_request with { Conclusions = many }, Some.Cancellation);

        Assert.Equal(["id-0", "id-400", "id-800"], consolidation.Merges.Select(merge => merge.KeptId));
        Assert.Equal(new ReasoningUsage(3, 300, 60), consolidation.Usage);
    }

    [Fact]
    public async Task What_an_unusable_answer_cost_is_counted_too()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("no"), Replies.Json("""{"merges":[],"supersessions":[],"contradictions":[],"patterns":[]}"""));

        var consolidation = await server.Reasoner().ConsolidateAsync(_request, Some.Cancellation);

        Assert.Equal(new ReasoningUsage(2, 200, 40), consolidation.Usage);
    }

    [Fact]
    public async Task The_schema_is_one_that_a_provider_holds_the_model_to()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Json("""{"merges":[],"supersessions":[],"contradictions":[],"patterns":[]}"""));

        await server.Reasoner().ConsolidateAsync(_request, Some.Cancellation);

        var schema = server.Requests[0].Body["response_format"]!["json_schema"]!["schema"]!.ToJsonString();
        Assert.True(StrictSchema.Admits(JsonElement.Parse(schema)));
    }

    [Fact]
    public async Task One_conclusion_alone_costs_no_call()
    {
        await using var server = await ModelServer.StartAsync();

        var consolidation = await server.Reasoner().ConsolidateAsync(_request with { Conclusions = [Some.Conclusion("a", "alice lives in Rome.")] }, Some.Cancellation);

        Assert.Empty(consolidation.Merges);
        Assert.Empty(server.Requests);
    }
}
