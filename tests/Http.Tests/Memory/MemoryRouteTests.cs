using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Memory;

/// <summary>Kith's own routes over conclusions, and the two clocks on Honcho's.</summary>
public sealed class MemoryRouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task A_correction_is_a_persons_and_shows_what_it_took_the_place_of()
    {
        var id = await RememberAsync("correct", "likes green tea");
        var reply = await host.SendAsync("PATCH", $"/v1/workspaces/correct/conclusions/{id}", new { content = "likes black tea", pinned = true });
        var corrected = reply.Json!;
        Assert.Equal((200, "likes black tea", "human", true), (reply.Code, Text(corrected, "content"), Text(corrected, "origin"), corrected["pinned"]!.GetValue<bool>()));
        Assert.Equal(
            [
                "id", "content", "observer_id", "observed_id", "session_id", "level", "created_at", "source_ids", "times_derived", "evidence_count", "confidence", "valid_from", "valid_to", "recorded_at",
                "retracted_at", "origin", "language", "slot", "pinned", "message_ids", "supersedes", "superseded_by", "contradicts",
            ],
            corrected.AsObject().Select(member => member.Key));

        var history = (await host.SendAsync("GET", $"/v1/workspaces/correct/conclusions/{id}/history")).Json!.AsArray();
        Assert.Equal([id, Text(corrected, "id")], history.Select(conclusion => Text(conclusion!, "id")));
        Assert.Equal(Text(corrected, "id"), Text(history[0]!, "superseded_by"));
        Assert.Equal(["likes black tea"], await FindAsync("correct", "tea"));
    }

    [Fact]
    public async Task What_was_known_before_a_correction_can_be_asked_for()
    {
        var id = await RememberAsync("known", "likes green tea");
        var before = DateTimeOffset.UtcNow.ToString("O");
        await host.SendAsync("PATCH", $"/v1/workspaces/known/conclusions/{id}", new { content = "likes black tea" });

        Assert.Equal(["likes green tea"], await FindAsync("known", "tea", before));
        var then = await host.SendAsync("POST", "/v3/workspaces/known/peers/anna/representation", new { known_at = before });
        Assert.Contains("likes green tea", Text(then.Json!, "representation"));
        var context = await host.SendAsync("GET", $"/v3/workspaces/known/peers/anna/context?known_at={Uri.EscapeDataString(before)}");
        Assert.Contains("likes green tea", Text(context.Json!, "representation"));
        var answer = await host.SendAsync("POST", "/v3/workspaces/known/peers/anna/chat", new { query = "Which tea does anna like?", known_at = before });
        Assert.Contains("green tea", Text(answer.Json!, "content"));
        var now = await host.SendAsync("POST", "/v3/workspaces/known/chat", new { query = "Which tea does anna like?" });
        Assert.Contains("black tea", Text(now.Json!, "content"));
    }

    [Fact]
    public async Task What_was_retracted_is_found_in_its_history_only()
    {
        var id = await RememberAsync("retract", "likes green tea");
        var first = await host.SendAsync("POST", $"/v1/workspaces/retract/conclusions/{id}/retract");
        var second = await host.SendAsync("POST", $"/v1/workspaces/retract/conclusions/{id}/retract");
        Assert.Equal((200, 200, first.Text), (first.Code, second.Code, second.Text));
        Assert.NotNull(first.Json!["retracted_at"]);
        Assert.Empty(await FindAsync("retract", "tea"));
        Assert.Equal(0, (await host.SendAsync("POST", "/v3/workspaces/retract/conclusions/list")).Json!["total"]!.GetValue<int>());
        Assert.Single((await host.SendAsync("GET", $"/v1/workspaces/retract/conclusions/{id}/history")).Json!.AsArray());
        Assert.Equal(409, (await host.SendAsync("PATCH", $"/v1/workspaces/retract/conclusions/{id}", new { pinned = true })).Code);
    }

    [Fact]
    public async Task A_dream_shows_what_it_did_and_a_pattern_how_far_it_is_borne_out()
    {
        foreach (var place in new[] { "garden", "attic", "church" })
            await RememberAsync("dream", $"anna practised cello in the {place}", session: place);
        await host.SendAsync("POST", "/v3/workspaces/dream/schedule_dream", new { observer = "anna", dream_type = "omni" });
        var history = await Eventually.SeeAsync(async () => (await host.SendAsync("GET", "/v1/workspaces/dream/peers/anna/dreams")).Json!, reply => reply["runs"]!.AsArray().Count == 1 && reply["running_since"] is null);

        var run = history["runs"]![0]!;
        Assert.Equal(["waiting_since", "due_at", "running_since", "conclusions_since_last", "runs"], history.AsObject().Select(member => member.Key));
        Assert.Equal(
            ["id", "started_at", "ended_at", "trigger", "outcome", "reasoner", "merged", "superseded", "patterns", "contradictions", "card_entries", "model_calls", "input_tokens", "output_tokens", "error"],
            run.AsObject().Select(member => member.Key));
        Assert.Equal(("manual", "completed", "extractive", 1, 0), (Text(run, "trigger"), Text(run, "outcome"), Text(run, "reasoner"), (int)run["patterns"]!, (int)run["model_calls"]!));
        Assert.Empty((await host.SendAsync("GET", "/v1/workspaces/dream/peers/anna/dreams?target=bob")).Json!["runs"]!.AsArray());

        var listed = (await host.SendAsync("POST", "/v3/workspaces/dream/conclusions/list", new { filters = new { level = "inductive" } })).Json!["items"]!.AsArray();
        var pattern = (await host.SendAsync("GET", $"/v1/workspaces/dream/conclusions/{Text(Assert.Single(listed)!, "id")}/history")).Json![0]!;
        Assert.Equal((3, "medium"), ((int)pattern["evidence_count"]!, Text(pattern, "confidence")));
    }

    [Fact]
    public async Task A_flush_is_accepted_for_sessions_that_exist()
    {
        await host.SendAsync("POST", "/v3/workspaces/flush/sessions", new { id = "s" });
        Assert.Equal((204, ""), await FlushAsync("s"));
        Assert.Equal((404, """{"title":"Not Found","status":404,"detail":"Session t not found in workspace flush","code":"not_found"}"""), await FlushAsync("t"));

        async Task<(int, string)> FlushAsync(string session)
        {
            var reply = await host.SendAsync("POST", $"/v1/workspaces/flush/sessions/{session}/flush");
            return (reply.Code, reply.Text);
        }
    }

    [Fact]
    public async Task The_dreams_of_an_unknown_workspace_are_not_found() =>
        Assert.Equal(404, (await host.SendAsync("GET", "/v1/workspaces/nowhere/peers/anna/dreams")).Code);

    [Theory]
    [InlineData("PATCH", "", """{"pinned":true}""")]
    [InlineData("POST", "/retract", null)]
    [InlineData("GET", "/history", null)]
    public async Task Unknown_conclusions_are_not_found(string method, string path, string? body)
    {
        var reply = await host.SendAsync(method, $"/v1/workspaces/nowhere/conclusions/nothing{path}", body);
        Assert.Equal(
            (404, """{"title":"Not Found","status":404,"detail":"Document nothing not found or does not belong to workspace nowhere","code":"not_found"}"""),
            (reply.Code, reply.Text));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"content":null}""")]
    [InlineData("""{"content":""}""")]
    [InlineData("""{"content":1}""")]
    [InlineData("""{"pinned":"maybe"}""")]
    public async Task A_change_of_the_wrong_shape_is_refused(string body) =>
        Assert.Equal(400, (await host.SendAsync("PATCH", "/v1/workspaces/nowhere/conclusions/nothing", body)).Code);

    [Fact]
    public async Task A_problem_names_everything_that_is_wrong()
    {
        var reply = await host.SendAsync("PATCH", "/v1/workspaces/nowhere/conclusions/nothing", """{"content":1,"pinned":"maybe"}""");

        Assert.Equal(["body", "pinned"], reply.Json!["errors"]![1]!["loc"]!.AsArray().Select(step => (string)step!));
        Assert.Equal(("invalid", "body.content: Input should be a valid string"), ((string)reply.Json["code"]!, (string)reply.Json["detail"]!));
    }

    [Fact]
    public async Task An_unknown_route_is_a_problem_too()
    {
        var reply = await host.SendAsync("GET", "/v1/nothing");
        Assert.Equal((404, "not_found"), (reply.Code, (string)reply.Json!["code"]!));
    }

    [Theory]
    [InlineData("conclusions/query", """{"query":"q","filters":{"observer_id":"anna","observed_id":"anna"},"as_of":"soon"}""")]
    [InlineData("peers/anna/representation", """{"known_at":"soon"}""")]
    [InlineData("peers/anna/chat", """{"query":"q","as_of":true}""")]
    [InlineData("chat", """{"query":"q","known_at":{}}""")]
    public async Task A_time_that_is_none_is_refused(string path, string body) =>
        Assert.Equal(422, (await host.SendAsync("POST", "/v3/workspaces/nowhere/" + path, body)).Code);

    [Fact]
    public async Task A_time_in_the_query_that_is_none_is_refused() =>
        Assert.Equal(422, (await host.SendAsync("GET", "/v3/workspaces/nowhere/peers/anna/context?as_of=soon")).Code);

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private async Task<string> RememberAsync(string workspace, string content, string? session = null)
    {
        await host.SendAsync("POST", $"/v3/workspaces/{workspace}/peers", new { id = "anna" });
        if (session is not null)
            await host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions", new { id = session });
        var stored = await host.SendAsync("POST", $"/v3/workspaces/{workspace}/conclusions", new { conclusions = new[] { new { content, observer_id = "anna", observed_id = "anna", session_id = session } } });
        return Text(stored.Json![0]!, "id");
    }

    private async Task<IEnumerable<string>> FindAsync(string workspace, string query, string? knownAt = null)
    {
        var reply = await host.SendAsync("POST", $"/v3/workspaces/{workspace}/conclusions/query", new { query, filters = new { observer_id = "anna", observed_id = "anna" }, known_at = knownAt });
        return reply.Json!.AsArray().Select(conclusion => Text(conclusion!, "content"));
    }
}
