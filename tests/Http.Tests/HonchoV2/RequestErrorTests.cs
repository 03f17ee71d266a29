namespace Kith.Http.Tests.HonchoV2;

/// <summary>What clients read when a request is wrong (spec honcho-api §1.1 and §12).</summary>
public sealed class RequestErrorTests(KithHost host) : IClassFixture<KithHost>
{
    [Theory]
    [InlineData("POST", "workspaces", null, "missing", """["body"]""")]
    [InlineData("POST", "workspaces", """{"id":"a b"}""", "string_pattern_mismatch", """["body","id"]""")]
    [InlineData("POST", "workspaces", """{"id":"w","metadata":[]}""", "dict_type", """["body","metadata"]""")]
    [InlineData("POST", "workspaces", """{"id":"w","configuration":{"deriver":{"enabled":"maybe"}}}""", "bool_parsing", """["body","configuration","deriver","enabled"]""")]
    [InlineData("PUT", "workspaces/e/sessions/s", """{"configuration":{"deriver":3}}""", "model_attributes_type", """["body","configuration","deriver"]""")]
    [InlineData("POST", "workspaces/e/trigger_dream", """{"observer":"a","dream_type":"omni"}""", "enum", """["body","dream_type"]""")]
    [InlineData("POST", "workspaces/e/trigger_dream", """{"dream_type":"agent"}""", "missing", """["body","observer"]""")]
    [InlineData("POST", "workspaces/e/search", """{"query":"x","limit":101}""", "less_than_equal", """["body","limit"]""")]
    [InlineData("POST", "workspaces/e/peers/a/chat", """{"query":""}""", "string_too_short", """["body","query"]""")]
    [InlineData("POST", "workspaces/e/peers/a/representation", null, "missing", """["body"]""")]
    [InlineData("POST", "workspaces/e/peers/a/representation", """{"max_observations":0}""", "greater_than_equal", """["body","max_observations"]""")]
    [InlineData("POST", "workspaces/e/peers/a/representation", """{"search_max_distance":"far"}""", "float_parsing", """["body","search_max_distance"]""")]
    [InlineData("PUT", "workspaces/e/peers/a/card", """{"peer_card":"x"}""", "list_type", """["body","peer_card"]""")]
    [InlineData("GET", "workspaces/e/peers/a/context?max_observations=101", null, "less_than_equal", """["query","max_observations"]""")]
    [InlineData("GET", "workspaces/e/peers/a/context?include_most_derived=perhaps", null, "bool_parsing", """["query","include_most_derived"]""")]
    [InlineData("GET", "workspaces/e/sessions/s/context?max_observations=x", null, "int_parsing", """["query","max_observations"]""")]
    [InlineData("POST", "workspaces/e/sessions/s/peers/a/config", null, "missing", """["body"]""")]
    [InlineData("POST", "workspaces/e/sessions/s/messages/", """{"messages":[]}""", "too_short", """["body","messages"]""")]
    [InlineData("POST", "workspaces/e/sessions/s/messages/", """{"messages":[{"content":"x","peer_id":"a"},{"content":"x","peer_id":"a","configuration":{"peer_card":{"use":"x"}}}]}""", "bool_parsing", """["body","messages",1,"configuration","peer_card","use"]""")]
    [InlineData("POST", "workspaces/e/observations", """{"observations":[{"content":"x","observer_id":"a","observed_id":"a"}]}""", "missing", """["body","observations",0,"session_id"]""")]
    [InlineData("POST", "workspaces/e/observations", """{"observations":[3]}""", "model_attributes_type", """["body","observations",0]""")]
    [InlineData("POST", "workspaces/e/observations/query", """{"query":"q","top_k":0}""", "greater_than_equal", """["body","top_k"]""")]
    [InlineData("POST", "workspaces/e/webhooks", """{"url":"ftp://example.com"}""", "value_error", """["body","url"]""")]
    public async Task A_wrong_shape_is_422_with_type_and_place(string method, string path, string? body, string type, string place)
    {
        var reply = await host.SendAsync(method, "/v2/" + path, (object?)body);
        var error = Assert.Single(reply.Json!["detail"]!.AsArray())!;
        Assert.Equal((422, type, place), (reply.Code, error["type"]!.GetValue<string>(), error["loc"]!.ToJsonString()));
    }

    [Theory]
    [InlineData("DELETE", "workspaces/none", null, 404)]
    [InlineData("POST", "workspaces/none/trigger_dream", """{"observer":"a","dream_type":"agent"}""", 404)]
    [InlineData("POST", "workspaces/e/peers/a/chat", """{"query":"q","session_id":"none"}""", 404)]
    [InlineData("POST", "workspaces/e/peers/a/chat", """{"query":"q","target":"none","stream":true}""", 404)]
    [InlineData("POST", "workspaces/e/sessions/s/messages/", """{"messages":[{"content":"x","peer_id":"a b"}]}""", 422)]
    [InlineData("POST", "workspaces/e/sessions/s/messages/list", """{"filters":{"nope":1}}""", 422)]
    [InlineData("POST", "workspaces/e/sessions/s/messages/list", """{"filters":{"token_count":{"huh":1}}}""", 422)]
    [InlineData("GET", "workspaces/e/sessions/s/context?peer_perspective=a", null, 422)]
    [InlineData("GET", "workspaces/e/sessions/none/clone", null, 404)]
    [InlineData("GET", "workspaces/e/sessions/s/clone?message_id=none", null, 404)]
    [InlineData("DELETE", "workspaces/e/sessions/none", null, 404)]
    [InlineData("GET", "workspaces/e/sessions/s/peers/none/config", null, 404)]
    [InlineData("POST", "workspaces/e/sessions/s/peers/none/config", "{}", 404)]
    [InlineData("POST", "workspaces/e/sessions/none/peers/a/config", "{}", 404)]
    [InlineData("GET", "workspaces/e/sessions/s/messages/none", null, 404)]
    [InlineData("PUT", "workspaces/e/sessions/s/messages/none", "{}", 404)]
    [InlineData("POST", "workspaces/e/observations", """{"observations":[{"content":"x","observer_id":"a","observed_id":"none","session_id":"s"}]}""", 404)]
    [InlineData("POST", "workspaces/e/observations/query", """{"query":"q","filters":{"observer":"a"}}""", 422)]
    [InlineData("DELETE", "workspaces/e/observations/none", null, 404)]
    [InlineData("DELETE", "workspaces/e/webhooks/none", null, 404)]
    [InlineData("POST", "keys?workspace_id=e", null, 405)]
    [InlineData("GET", "nope", null, 404)]
    [InlineData("GET", "workspaces/e/scopes/x", null, 404)]
    public async Task A_refusal_is_one_text(string method, string path, string? body, int status)
    {
        await host.SendAsync("POST", "/v2/workspaces/e/sessions", """{"id":"s","peers":{"a":{}}}""");
        var reply = await host.SendAsync(method, "/v2/" + path, (object?)body);
        Assert.Equal(status, reply.Code);
        Assert.NotEmpty(reply.Json!["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("DELETE", "workspaces/none", null, "Resource not found")]
    [InlineData("POST", "workspaces/e/observations/query", """{"query":"q","filters":{"observer":"a"}}""", "observer and observed must be specified for semantic search")]
    [InlineData("POST", "workspaces/e/observations/query", """{"query":"q"}""", "observer and observed must be specified for semantic search")]
    [InlineData("POST", "keys?workspace_id=e", null, "Feature is disabled")]
    public async Task Some_refusals_are_worded_as_in_the_original(string method, string path, string? body, string text) =>
        Assert.Equal(text, (await host.SendAsync(method, "/v2/" + path, (object?)body)).Json!["detail"]!.GetValue<string>());

    [Fact]
    public async Task A_refused_batch_stores_nothing()
    {
        await host.SendAsync("POST", "/v2/workspaces/e/sessions/half/messages/", """{"messages":[{"content":"x","peer_id":"a"},{"content":"x","peer_id":"a b"}]}""");
        Assert.Equal(0, (await host.SendAsync("POST", "/v2/workspaces/e/sessions/half/messages/list")).Json!["total"]!.GetValue<int>());
        await host.SendAsync("POST", "/v2/workspaces/e/sessions", """{"id":"s","peers":{"a":{}}}""");
        await host.SendAsync("POST", "/v2/workspaces/e/observations", """{"observations":[{"content":"x","observer_id":"a","observed_id":"a","session_id":"s"},{"content":"y","observer_id":"a","observed_id":"a","session_id":"none"}]}""");
        Assert.Equal(0, (await host.SendAsync("POST", "/v2/workspaces/e/observations/list")).Json!["total"]!.GetValue<int>());
    }
}
