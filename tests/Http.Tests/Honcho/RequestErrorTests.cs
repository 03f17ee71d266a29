using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Honcho;

/// <summary>What clients read when a request is wrong (spec honcho-api §1.1).</summary>
public sealed class RequestErrorTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task Every_error_of_query_and_body_is_reported_in_order()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces/e/peers/list?page=0&size=x&reverse=", """{"filters":[],"kind":"x"}""");
        Assert.Equal(422, reply.Code);
        Assert.Equal(
            """
            {"detail":[{"type":"greater_than_equal","loc":["query","page"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}},{"type":"int_parsing","loc":["query","size"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},{"type":"bool_parsing","loc":["query","reverse"],"msg":"Input should be a valid boolean, unable to interpret input","input":""},{"type":"dict_type","loc":["body","filters"],"msg":"Input should be a valid dictionary","input":[]},{"type":"literal_error","loc":["body","kind"],"msg":"Input should be 'scope' or 'all'","input":"x","ctx":{"expected":"'scope' or 'all'"}}]}
            """.Trim(),
            reply.Text);
    }

    [Theory]
    [InlineData("POST", "/v3/workspaces", null, "missing", """["body"]""")]
    [InlineData("POST", "/v3/workspaces", "null", "missing", """["body"]""")]
    [InlineData("POST", "/v3/workspaces", "[]", "model_attributes_type", """["body"]""")]
    [InlineData("POST", "/v3/workspaces", """{"id":"w","metadata":null}""", "dict_type", """["body","metadata"]""")]
    [InlineData("POST", "/v3/workspaces", """{"id":"w","configuration":{"summary":{"messages_per_short_summary":9}}}""", "greater_than_equal", """["body","configuration","summary","messages_per_short_summary"]""")]
    [InlineData("POST", "/v3/workspaces", """{"id":"w","configuration":{"summary":{"messages_per_short_summary":30,"messages_per_long_summary":30}}}""", "value_error", """["body","configuration","summary"]""")]
    [InlineData("POST", "/v3/workspaces", """{"id":"w","configuration":{"dream":{"enabled":"maybe"}}}""", "bool_parsing", """["body","configuration","dream","enabled"]""")]
    [InlineData("POST", "/v3/workspaces/e/schedule_dream", """{"observer":"a","dream_type":"nap"}""", "enum", """["body","dream_type"]""")]
    [InlineData("POST", "/v3/workspaces/e/search", """{"query":"x","limit":0}""", "greater_than_equal", """["body","limit"]""")]
    [InlineData("POST", "/v3/workspaces/e/search", """{"query":5}""", "string_type", """["body","query"]""")]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":""}""", "string_too_short", """["body","query"]""")]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","reasoning_level":"huge"}""", "literal_error", """["body","reasoning_level"]""")]
    [InlineData("POST", "/v3/workspaces/e/peers/a/representation", """{"search_max_distance":2}""", "less_than_equal", """["body","search_max_distance"]""")]
    [InlineData("POST", "/v3/workspaces/e/peers/a/representation", null, "missing", """["body"]""")]
    [InlineData("PUT", "/v3/workspaces/e/peers/a/card", """{"peer_card":["a",1]}""", "string_type", """["body","peer_card",1]""")]
    [InlineData("GET", "/v3/workspaces/e/peers/a/context?max_conclusions=101", null, "less_than_equal", """["query","max_conclusions"]""")]
    [InlineData("POST", "/v3/workspaces/e/sessions", """{"id":"s","peers":{"a":{"observe_me":"x"}}}""", "bool_parsing", """["body","peers","a","observe_me"]""")]
    [InlineData("POST", "/v3/workspaces/e/sessions/s/peers", "[]", "dict_type", """["body"]""")]
    [InlineData("DELETE", "/v3/workspaces/e/sessions/s/peers", "{}", "list_type", """["body"]""")]
    [InlineData("GET", "/v3/workspaces/e/sessions/s/context?tokens=100001", null, "less_than_equal", """["query","tokens"]""")]
    [InlineData("POST", "/v3/workspaces/e/sessions/s/messages", """{"messages":[{"content":"x","peer_id":"a"},{"content":"x"}]}""", "missing", """["body","messages",1,"peer_id"]""")]
    [InlineData("POST", "/v3/workspaces/e/sessions/s/messages", """{"messages":[{"content":"x","peer_id":"a","created_at":"soon"}]}""", "datetime_from_date_parsing", """["body","messages",0,"created_at"]""")]
    [InlineData("POST", "/v3/workspaces/e/conclusions", """{"conclusions":[{"content":"","observer_id":"a","observed_id":"a"}]}""", "string_too_short", """["body","conclusions",0,"content"]""")]
    [InlineData("POST", "/v3/workspaces/e/conclusions/query", """{"query":"q","top_k":101}""", "less_than_equal", """["body","top_k"]""")]
    [InlineData("POST", "/v3/workspaces/e/scopes", """{"id":"scope.x"}""", "string_pattern_mismatch", """["body","id"]""")]
    [InlineData("POST", "/v3/workspaces/e/scopes/x/sessions", """{"session_ids":[]}""", "too_short", """["body","session_ids"]""")]
    [InlineData("POST", "/v3/workspaces/e/webhooks", """{"url":"ftp://example.com"}""", "value_error", """["body","url"]""")]
    public async Task A_wrong_shape_is_422_with_type_and_place(string method, string path, string? body, string type, string place)
    {
        var reply = await host.SendAsync(method, path, (object?)body);
        var error = Assert.Single(Detail(reply).AsArray())!;
        Assert.Equal((422, type, place), (reply.Code, error["type"]!.GetValue<string>(), error["loc"]!.ToJsonString()));
    }

    [Theory]
    [InlineData("POST", "/v3/workspaces/e/sessions/s/messages/list", """{"filters":{"nope":1}}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/sessions/s/messages/list", """{"filters":{"AND":{}}}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","filters":{}}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","filters":{"session_id":"*"}}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","session_id":"s","filters":{"session_id":["t"]}}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","session_id":"s","scope":"x"}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","response_format":{"type":"array"}}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","session_id":"none"}""", 404)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","session_id":"none","stream":true}""", 404)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","target":"none"}""", 404)]
    [InlineData("POST", "/v3/workspaces/e/peers/a/chat", """{"query":"q","scope":"none"}""", 404)]
    [InlineData("POST", "/v3/workspaces/none/chat", """{"query":"q"}""", 404)]
    [InlineData("POST", "/v3/workspaces/e/peers/scope.x/representation", "{}", 422)]
    [InlineData("POST", "/v3/workspaces/e/peers", """{"id":"scope.x"}""", 422)]
    [InlineData("PUT", "/v3/workspaces/a%20b", "{}", 422)]
    [InlineData("PUT", "/v3/workspaces/e/peers/a%20b", "{}", 422)]
    [InlineData("POST", "/v3/workspaces/e/sessions/a%20b/messages", """{"messages":[{"content":"x","peer_id":"a"}]}""", 422)]
    [InlineData("POST", "/v3/workspaces/e/sessions/s/messages", """{"messages":[{"content":"x","peer_id":"a b"}]}""", 422)]
    [InlineData("GET", "/v3/workspaces/e/peers/none/card", null, 404)]
    [InlineData("GET", "/v3/workspaces/e/peers/none/context", null, 404)]
    [InlineData("DELETE", "/v3/workspaces/none", null, 404)]
    [InlineData("DELETE", "/v3/workspaces/e/sessions/none", null, 404)]
    [InlineData("POST", "/v3/workspaces/e/sessions/none/clone", null, 404)]
    [InlineData("GET", "/v3/workspaces/e/sessions/none/peers/a/config", null, 404)]
    [InlineData("GET", "/v3/workspaces/e/sessions/s/context?sessions=t&peer_target=a", null, 422)]
    [InlineData("GET", "/v3/workspaces/e/sessions/s/context?scope=x", null, 422)]
    [InlineData("GET", "/v3/workspaces/e/sessions/s/messages/none", null, 404)]
    [InlineData("PUT", "/v3/workspaces/e/sessions/s/messages/none", "{}", 404)]
    [InlineData("POST", "/v3/workspaces/e/conclusions", """{"conclusions":[{"content":"x","observer_id":"none","observed_id":"none"}]}""", 404)]
    [InlineData("POST", "/v3/workspaces/e/conclusions/query", """{"query":"q"}""", 422)]
    [InlineData("GET", "/v3/workspaces/e/conclusions/none", null, 404)]
    [InlineData("DELETE", "/v3/workspaces/e/conclusions/none", null, 404)]
    [InlineData("GET", "/v3/workspaces/e/scopes/none", null, 404)]
    [InlineData("GET", "/v3/workspaces/e/scopes/none/status", null, 404)]
    [InlineData("POST", "/v3/workspaces/e/scopes/none/sessions/list", null, 404)]
    [InlineData("DELETE", "/v3/workspaces/e/scopes/none/sessions/s", null, 404)]
    [InlineData("POST", "/v3/workspaces/none/webhooks", """{"url":"https://example.com"}""", 404)]
    [InlineData("DELETE", "/v3/workspaces/e/webhooks/none", null, 404)]
    [InlineData("POST", "/v3/workspaces/none/schedule_dream", """{"observer":"a","dream_type":"omni"}""", 404)]
    [InlineData("POST", "/v3/keys?workspace_id=e", null, 405)]
    public async Task A_refusal_is_one_text(string method, string path, string? body, int status)
    {
        await host.SendAsync("POST", "/v3/workspaces/e/sessions", new { id = "s", peers = new { a = new { } } });
        var reply = await host.SendAsync(method, path, (object?)body);
        Assert.Equal(status, reply.Code);
        var detail = Detail(reply);
        Assert.NotEmpty((detail is JsonArray list ? list[0]!["msg"]! : detail).GetValue<string>());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_that_does_not_claim_to_be_JSON_is_422(string? type)
    {
        using var content = new ByteArrayContent("""{"id":"w"}"""u8.ToArray());
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        var reply = await host.SendAsync("POST", "/v3/workspaces", content);
        var error = Detail(reply)[0]!;
        Assert.Equal((422, "model_attributes_type", """{"id":"w"}"""), (reply.Code, error["type"]!.GetValue<string>(), error["input"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.kith+json")]
    public async Task Any_JSON_content_type_is_accepted(string type)
    {
        using var content = new ByteArrayContent("""{"name":"alias"}"""u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        Assert.True((await host.SendAsync("POST", "/v3/workspaces", content)).Code is 200 or 201);
    }

    [Theory]
    [InlineData("/v3/workspaces/list")]
    [InlineData("/v3/workspaces/e/peers/list")]
    [InlineData("/v3/workspaces/e/sessions/list")]
    [InlineData("/v3/workspaces/e/peers/a/sessions")]
    [InlineData("/v3/workspaces/e/sessions/s/messages/list")]
    [InlineData("/v3/workspaces/e/conclusions/list")]
    [InlineData("/v3/workspaces/e/scopes/list")]
    public async Task Lists_need_no_body_even_where_its_type_is_announced(string path)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        Assert.Equal(200, (await host.SendAsync("POST", path, content)).Code);
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_refused_by_its_content()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces/e/sessions/s/messages", new { messages = new[] { new { content = new string('x', 10_000_000), peer_id = "a" } } });
        Assert.Equal((422, "string_too_long"), (reply.Code, Detail(reply)[0]!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces", new { id = new string('x', 33 * 1024 * 1024) });
        Assert.Equal((413, """{"detail":"Request body too large"}"""), (reply.Code, reply.Text));
    }

    [Fact]
    public async Task Custom_instructions_are_measured_in_tokens()
    {
        string Body(int words) => JsonSerializer.Serialize(new { id = "tokens", configuration = new { reasoning = new { custom_instructions = string.Concat(Enumerable.Repeat("word ", words)) } } });
        Assert.Equal(422, (await host.SendAsync("POST", "/v3/workspaces", Body(2_100))).Code);
        Assert.Equal(201, (await host.SendAsync("POST", "/v3/workspaces", Body(1_900))).Code);
    }

    [Fact]
    public async Task A_search_query_beyond_the_token_limit_is_422() =>
        Assert.Equal(422, (await host.SendAsync("POST", "/v3/workspaces/e/search", new { query = string.Concat(Enumerable.Repeat("word ", 9_000)) })).Code);

    private static JsonNode Detail(KithHost.Reply reply) => reply.Json!["detail"]!;
}
