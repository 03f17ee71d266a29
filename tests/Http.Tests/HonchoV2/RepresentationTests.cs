using System.Text.Json.Nodes;

namespace Kith.Http.Tests.HonchoV2;

/// <summary>Structured representations, and the contexts and answers that carry them (spec honcho-api §12.3 and §12.4).</summary>
public sealed class RepresentationTests(RepresentationTests.Fixture fixture) : IClassFixture<RepresentationTests.Fixture>
{
    [Fact]
    public async Task A_representation_stands_under_its_name_and_at_the_top()
    {
        var answer = (await fixture.PostAsync("peers/alice/representation", "{}")).Json!.AsObject();
        Assert.Equal(["representation", "explicit", "deductive"], answer.Select(member => member.Key));
        Assert.Equal(answer["representation"]!["explicit"]!.ToJsonString(), answer["explicit"]!.ToJsonString());
        Assert.Equal(answer["representation"]!["deductive"]!.ToJsonString(), answer["deductive"]!.ToJsonString());
    }

    [Fact]
    public async Task A_statement_names_its_session_and_the_places_of_its_messages()
    {
        var statement = Statement((await fixture.PostAsync("peers/alice/representation", "{}")).Json!, "Bruno");
        Assert.Equal(["created_at", "message_ids", "session_name", "content"], statement.AsObject().Select(member => member.Key));
        Assert.Equal(("""[2]""", "s"), (statement["message_ids"]!.ToJsonString(), statement["session_name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_deduction_names_its_premises()
    {
        var deductions = (await fixture.PostAsync("peers/runner/representation", """{"max_observations":100}""")).Json!["deductive"]!.AsArray();
        var deduction = deductions.First(found => found!["premises"]!.AsArray().Count > 1)!;
        Assert.Equal(["created_at", "message_ids", "session_name", "premises", "conclusion"], deduction.AsObject().Select(member => member.Key));
        Assert.All(deduction["premises"]!.AsArray(), premise => Assert.Contains("running", premise!.GetValue<string>()));
        Assert.NotEmpty(deduction["conclusion"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"max_observations":1}""", 1)]
    [InlineData("""{"session_id":"elsewhere"}""", 0)]
    [InlineData("""{"target":"bob"}""", 0)]
    [InlineData("""{"search_query":"dog","search_top_k":1,"include_most_derived":true,"search_max_distance":1,"max_observations":1}""", 1)]
    public async Task A_representation_is_limited_as_asked(string body, int statements) =>
        Assert.Equal(statements, (await fixture.PostAsync("peers/alice/representation", body)).Json!["explicit"]!.AsArray().Count);

    [Fact]
    public async Task Nobody_has_an_empty_representation_and_context()
    {
        Assert.Equal("""{"representation":{"explicit":[],"deductive":[]},"explicit":[],"deductive":[]}""", (await fixture.PostAsync("peers/ghost/representation", "{}")).Text);
        Assert.Equal("""{"peer_id":"ghost","target_id":"ghost","representation":{"explicit":[],"deductive":[]},"peer_card":null}""", (await fixture.GetAsync("peers/ghost/context")).Text);
    }

    [Fact]
    public async Task The_context_of_a_peer_holds_representation_and_card()
    {
        var context = (await fixture.GetAsync("peers/alice/context?search_query=dog&include_most_derived=false&max_observations=1")).Json!;
        Assert.Equal(["peer_id", "target_id", "representation", "peer_card"], context.AsObject().Select(member => member.Key));
        Assert.Contains("Bruno", Assert.Single(context["representation"]!["explicit"]!.AsArray())!["content"]!.GetValue<string>());
        Assert.NotEmpty(context["peer_card"]!.AsArray());
    }

    [Theory]
    [InlineData("last_message=dog")]
    [InlineData("search_query=dog")]
    [InlineData("last_message=dog&search_query=Berlin")]
    public async Task The_context_of_a_session_is_curated_by_either_name(string query)
    {
        var context = (await fixture.GetAsync($"sessions/s/context?peer_target=alice&max_observations=1&search_top_k=1&{query}")).Json!;
        Assert.Contains("Bruno", Assert.Single(context["peer_representation"]!["explicit"]!.AsArray())!["content"]!.GetValue<string>());
        Assert.Equal(2, context["messages"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_context_of_a_session_without_a_target_has_no_representation()
    {
        var context = (await fixture.GetAsync("sessions/s/context?tokens=1000&summary=false")).Json!.AsObject();
        Assert.Equal(["id", "messages", "summary", "peer_representation", "peer_card"], context.Select(member => member.Key));
        Assert.Null(context["peer_representation"]);
    }

    [Fact]
    public async Task The_context_of_a_session_about_nobody_is_one_without_knowledge()
    {
        var reply = await fixture.GetAsync("sessions/s/context?peer_target=user&peer_perspective=assistant&last_message=x");
        Assert.Equal((200, """{"explicit":[],"deductive":[]}"""), (reply.Code, reply.Json!["peer_representation"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_small_budget_holds_fewer_statements()
    {
        var context = (await fixture.GetAsync("sessions/s/context?peer_target=alice&tokens=60")).Json!;
        Assert.True(context["peer_representation"]!["explicit"]!.AsArray().Count < 2, context.ToJsonString());
        Assert.NotNull(context["truncation"]);
    }

    [Fact]
    public async Task A_stream_ends_with_an_empty_fragment()
    {
        var reply = await fixture.PostAsync("peers/alice/chat", """{"query":"Where do I live?","stream":true}""");
        Assert.Equal((200, "text/event-stream; charset=utf-8"), (reply.Code, reply.Type));
        Assert.EndsWith("data: {\"delta\":{\"content\":null},\"done\":true}\n\n", reply.Text);
        Assert.Contains("Berlin", reply.Text);
    }

    [Fact]
    public async Task An_answer_is_one_text()
    {
        var answer = (await fixture.PostAsync("peers/alice/chat", """{"query":"Where do I live?","session_id":null,"target":null,"stream":false}""")).Json!;
        Assert.Equal(["content"], answer.AsObject().Select(member => member.Key));
        Assert.Contains("Berlin", answer["content"]!.GetValue<string>());
    }

    private static JsonNode Statement(JsonNode answer, string word) =>
        answer["explicit"]!.AsArray().Single(statement => statement!["content"]!.GetValue<string>().Contains(word))!;

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly KithHost _host = new();

        public async ValueTask InitializeAsync()
        {
            await PostAsync("sessions/s/messages/", """{"messages":[{"content":"I live in Berlin.","peer_id":"alice"},{"content":"I have a dog named Bruno.","peer_id":"alice"}]}""");
            await PostAsync("sessions/runs/messages/", """{"messages":[{"content":"I go running by the river.","peer_id":"runner","created_at":"2026-03-01T08:00:00Z"},{"content":"I go running in the forest.","peer_id":"runner","created_at":"2026-03-02T08:00:00Z"},{"content":"I go running with my sister.","peer_id":"runner","created_at":"2026-03-03T08:00:00Z"}]}""");
            await _host.IdleAsync("w");
            await PostAsync("trigger_dream", """{"observer":"runner","dream_type":"consolidate"}""");
            await _host.IdleAsync("w");
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        public Task<KithHost.Reply> PostAsync(string path, string body) => _host.SendAsync("POST", "/v2/workspaces/w/" + path, body);

        public Task<KithHost.Reply> GetAsync(string path) => _host.SendAsync("GET", "/v2/workspaces/w/" + path);
    }
}
