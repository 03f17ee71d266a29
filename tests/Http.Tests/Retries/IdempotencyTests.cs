using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Http.Retries;
using Kith.Http.Tests.Eliza;

namespace Kith.Http.Tests.Retries;

/// <summary>Requests that are sent again at every door: one effect, and the first answer.</summary>
public sealed class IdempotencyTests(KithHost host) : IClassFixture<KithHost>
{
    private const string Messages = """{"messages":[{"content":"I like rain.","peer_id":"anna"},{"content":"So do I.","peer_id":"ben"}]}""";

    /// <summary>Calls that make something new each time that they are made.</summary>
    public static TheoryData<string, string> Creations => new()
    {
        { "/v3/workspaces/made/conclusions", """{"conclusions":[{"content":"Anna likes rain","observer_id":"anna","observed_id":"anna"}]}""" },
        { "/v2/workspaces/made/observations", """{"observations":[{"content":"Anna likes rain","observer_id":"anna","observed_id":"anna","session_id":"s"}]}""" },
        { "/v3/workspaces/made/sessions/s/clone", "{}" },
        { "/v1/workspaces/made/rebuilds", "{}" },
        { "/v1/workspaces/made/threads", """{"workflowName":"chat"}""" },
        { "/api/messaging/sessions", """{"agentId":"22222222-2222-4222-8222-222222222222","userId":"33333333-3333-4333-8333-333333333333"}""" },
        { "/v3/workspaces/made/peers", """{"id":"carl"}""" },
        { "/v3/workspaces", """{"id":"made-too"}""" },
    };

    [Theory]
    [InlineData("/v3/workspaces/{0}/sessions/s/messages", Messages)]
    [InlineData("/v2/workspaces/{0}/sessions/s/messages/", Messages)]
    [InlineData("/v1/workspaces/{0}/threads/s/messages?createIfMissing=true", """{"role":"user","content":"I like rain."}""")]
    [InlineData("/v1/workspaces/{0}/threads/s/messages:batch?createIfMissing=true", """{"messages":[{"role":"user","content":"I like rain."}]}""")]
    public async Task A_repeated_append_returns_the_first_messages_and_stores_nothing(string path, string body)
    {
        var workspace = "append-" + Guid.NewGuid().ToString("N");
        path = string.Format(null, path, workspace);
        var first = await PostAsync(path, body, "k");
        var again = await PostAsync(path, body.Replace("{\"", "{ \"", StringComparison.Ordinal), "k");
        Assert.Equal((first.Code, first.Text), (again.Code, again.Text));
        Assert.Equal(Count(body), await TotalAsync(workspace, "s"));
        var other = await PostAsync(path, body, "another");
        Assert.NotEqual(first.Text, other.Text);
        Assert.Equal(2 * Count(body), await TotalAsync(workspace, "s"));
    }

    [Theory]
    [MemberData(nameof(Creations))]
    public async Task A_repeated_creation_returns_the_first_answer(string path, string body)
    {
        await PostAsync("/v3/workspaces/made/sessions/s/messages", Messages, "made");
        var key = Guid.NewGuid().ToString();
        var first = await PostAsync(path, body, key);
        Assert.InRange(first.Code, 200, 202);
        var again = await PostAsync(path, body, key);
        Assert.Equal((first.Code, first.Text, first.Type, first.Headers.Location), (again.Code, again.Text, again.Type, again.Headers.Location));
    }

    [Fact]
    public async Task A_write_for_a_version_that_comes_again_gets_its_own_answer_and_another_one_is_stale()
    {
        var thread = (await PostAsync("/v1/workspaces/written/threads", """{"workflowName":"chat"}""")).Json!["threadId"]!.GetValue<string>();
        var path = $"/v1/workspaces/written/threads/{thread}/state";
        var first = await ChangeAsync("PUT", path, """{"data":{"a":1}}""", "k");
        var again = await ChangeAsync("PUT", path, """{"data":{"a":1}}""", "k");
        Assert.Equal((200, first.Text, first.Headers.ETag), (again.Code, again.Text, again.Headers.ETag));
        Assert.Equal(412, (await ChangeAsync("PUT", path, """{"data":{"a":1}}""", "another")).Code);
        Assert.Equal(412, (await ChangeAsync("PUT", path, """{"data":{"a":1}}""", key: null)).Code);
    }

    [Fact]
    public async Task A_correction_that_comes_again_gets_the_first_one()
    {
        await PostAsync("/v3/workspaces/corrected/sessions/s/messages", Messages);
        var created = await PostAsync("/v3/workspaces/corrected/conclusions", """{"conclusions":[{"content":"Anna likes rain","observer_id":"anna","observed_id":"anna"}]}""");
        var path = $"/v1/workspaces/corrected/conclusions/{created.Json![0]!["id"]}";
        var first = await ChangeAsync("PATCH", path, """{"content":"Anna loves rain"}""", "k");
        var again = await ChangeAsync("PATCH", path, """{"content":"Anna loves rain"}""", "k");
        Assert.Equal((200, first.Text), (again.Code, again.Text));
        Assert.Equal(409, (await ChangeAsync("PATCH", path, """{"content":"Anna loves rain"}""", "another")).Code);
    }

    [Theory]
    [InlineData("/v3/workspaces/reused/sessions/s/messages", Messages, """{"messages":[{"content":"other","peer_id":"anna"}]}""")]
    [InlineData("/v3/workspaces", """{"id":"reused"}""", """{"id":"reused-too"}""")]
    [InlineData("/v3/workspaces/reused/search", """{"query":"a"}""", """{"query":"b"}""")]
    [InlineData("/v1/workspaces/reused/threads", """{"workflowName":"chat"}""", """{"workflowName":"other"}""")]
    [InlineData("/api/messaging/sessions", """{"agentId":"22222222-2222-4222-8222-222222222222","userId":"33333333-3333-4333-8333-333333333333"}""", """{"agentId":"22222222-2222-4222-8222-222222222222","userId":"43333333-3333-4333-8333-333333333333"}""")]
    public async Task A_key_that_is_used_for_another_body_is_422_in_the_words_of_the_door(string path, string body, string other)
    {
        await PostAsync("/v3/workspaces", """{"id":"reused"}""");
        var key = Guid.NewGuid().ToString();
        Assert.InRange((await PostAsync(path, body, key)).Code, 200, 299);
        var refused = await PostAsync(path, other, key);
        Assert.Equal(422, refused.Code);
        var said = path[..3] switch
        {
            "/v1" => refused.Json!["detail"],
            "/ap" => refused.Json!["error"]!["message"],
            _ => refused.Json!["detail"],
        };
        Assert.Contains("Idempotency-Key", said!.GetValue<string>());
        if (path.StartsWith("/v1", StringComparison.Ordinal))
            Assert.Equal("idempotency_key_reused", refused.Json!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        Assert.Equal(422, (await PostAsync("/v3/workspaces/free/conclusions", "{}", "free")).Code);
        await PostAsync("/v3/workspaces/free/peers", """{"id":"anna"}""");
        Assert.Equal(201, (await PostAsync("/v3/workspaces/free/conclusions", """{"conclusions":[{"content":"x","observer_id":"anna","observed_id":"anna"}]}""", "free")).Code);
    }

    [Fact]
    public async Task A_key_has_at_most_128_characters()
    {
        var key = new string('x', 129);
        Assert.Equal(422, (await PostAsync("/v3/workspaces/long/sessions/s/messages", Messages, key)).Code);
        Assert.Equal(400, (await PostAsync("/v1/workspaces/long/threads", """{"workflowName":"x"}""", key)).Code);
    }

    [Fact]
    public async Task Concurrent_duplicates_get_one_answer()
    {
        await PostAsync("/v3/workspaces/race/peers", """{"id":"anna"}""");
        var conclusions = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            PostAsync("/v3/workspaces/race/conclusions", """{"conclusions":[{"content":"once","observer_id":"anna","observed_id":"anna"}]}""", "race")));
        Assert.Equal((201, 1), (conclusions[0].Code, conclusions.Select(reply => reply.Text).Distinct().Count()));
        var messages = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync("/v3/workspaces/race/sessions/s/messages", Messages, "race")));
        Assert.Equal((201, 1), (messages[0].Code, messages.Select(reply => reply.Text).Distinct().Count()));
        Assert.Equal(2, await TotalAsync("race", "s"));
    }

    [Fact]
    public async Task A_repeated_upload_is_known_whatever_separates_its_parts()
    {
        var first = await UploadAsync("upload", "k", "one");
        var again = await UploadAsync("upload", "k", "two");
        Assert.Equal((201, first.Text), (again.Code, again.Text));
        Assert.Equal(first.Json!.AsArray().Count, await TotalAsync("upload", "s"));
    }

    [Fact]
    public async Task A_message_that_is_sent_to_an_agent_again_is_stored_and_answered_once()
    {
        await host.RegisterAsync(new { name = "Ada", reasoner = true });
        var session = await host.OpenedAsync();
        var path = $"{ElizaApi.Sessions}/{session}/messages";
        var first = await PostAsync(path, """{"content":"I like rain.","transport":"http"}""", "say");
        var again = await PostAsync(path, """{"content":"I like rain.","transport":"http"}""", "say");
        Assert.Equal((201, first.Json!["id"]!.GetValue<string>()), (again.Code, again.Json!["id"]!.GetValue<string>()));
        Assert.Equal(first.Json["agentResponse"]?.ToJsonString(), again.Json["agentResponse"]?.ToJsonString());
        var named = await PostAsync(path, """{"content":"I like snow.","clientId":"1"}""");
        var renamed = await PostAsync(path, """{"content":"I like snow.","clientId":"1"}""");
        Assert.Equal(named.Json!["id"]!.GetValue<string>(), renamed.Json!["id"]!.GetValue<string>());
        Assert.Equal(422, (await PostAsync(path, """{"content":"other","transport":"http"}""", "say")).Code);
        Assert.Equal(2, (await host.ContentsAsync(session)).Count(content => content.StartsWith("I like", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Client_ids_are_kept_through_every_door()
    {
        await PostAsync("/v3/workspaces/ids/sessions/s/messages", """{"messages":[{"content":"a","peer_id":"p","client_id":"1"}]}""");
        var mixed = await PostAsync("/v2/workspaces/ids/sessions/s/messages", """{"messages":[{"content":"b","peer_id":"p","client_id":"2"},{"content":"a","peer_id":"p","client_id":"1"}]}""");
        Assert.Equal(["b", "a"], mixed.Json!.AsArray().Select(message => message!["content"]!.GetValue<string>()));
        Assert.Equal(2, await TotalAsync("ids", "s"));
        foreach (var body in new[] { """{"role":"user","content":"a","clientId":"1"}""", """{"role":"user","content":"a","client_id":"1"}""" })
            await PostAsync("/v1/workspaces/ids/threads/t/messages?createIfMissing=true", body);
        Assert.Equal(1, await TotalAsync("ids", "t"));
        Assert.Equal(422, (await PostAsync("/v3/workspaces/ids/sessions/s/messages", JsonSerializer.Serialize(new { messages = new[] { new { content = "a", peer_id = "p", client_id = new string('x', 129) } } }))).Code);
    }

    [Fact]
    public async Task Without_a_key_the_workspace_may_have_what_is_asked_for_twice_counted_once()
    {
        const string Path = "/v3/workspaces/window/sessions/s/messages";
        await PostAsync(Path, Messages);
        await PostAsync(Path, Messages);
        Assert.Equal(4, await TotalAsync("window", "s"));
        Assert.Equal(200, (await host.SendAsync("PUT", "/v1/workspaces/window/settings", """{"dedupeWindowSeconds":60}""")).Code);
        var first = await PostAsync(Path, Messages);
        Assert.Equal(first.Text, (await PostAsync(Path, Messages)).Text);
        Assert.Equal(6, await TotalAsync("window", "s"));
        // Questions are asked anew.
        Assert.Equal(2, (await PostAsync("/v3/workspaces/window/peers/list", "{}")).Json!["total"]!.GetValue<int>());
        await PostAsync("/v3/workspaces/window/peers", """{"id":"new"}""");
        Assert.Equal(3, (await PostAsync("/v3/workspaces/window/peers/list", "{}")).Json!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_window_ends()
    {
        var clock = new ManualClock();
        await using var timed = KithHost.At(clock);
        const string Path = "/v3/workspaces/w/sessions/s/messages";
        await timed.SendAsync("PUT", "/v1/workspaces/w/settings", """{"dedupeWindowSeconds":30}""");
        var first = await timed.SendAsync("POST", Path, Messages);
        Assert.Equal(first.Text, (await timed.SendAsync("POST", Path, Messages)).Text);
        clock.Advance(1);
        Assert.NotEqual(first.Text, (await timed.SendAsync("POST", Path, Messages)).Text);
    }

    [Fact]
    public async Task A_streamed_answer_is_streamed_again_as_it_was()
    {
        await PostAsync("/v3/workspaces/stream/sessions/s/messages", Messages);
        var body = """{"query":"What does anna like?","stream":true}""";
        var first = await PostAsync("/v3/workspaces/stream/peers/anna/chat", body, "stream");
        var again = await PostAsync("/v3/workspaces/stream/peers/anna/chat", body, "stream");
        Assert.Equal(("text/event-stream; charset=utf-8", first.Text), (again.Type, again.Text));
    }

    [Fact]
    public void A_kept_answer_opens_for_whoever_has_the_key_and_the_request_only()
    {
        var kept = new KeptAnswer(201, "application/json", null, null, Encoding.UTF8.GetBytes("very private"));
        var stored = kept.Seal("key and body");
        Assert.DoesNotContain("private", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.Null(KeptAnswer.Open(stored, "another"));
        Assert.Equal("very private", Encoding.UTF8.GetString(KeptAnswer.Open(stored, "key and body")!.Body));
    }

    private static int Count(string body) => JsonNode.Parse(body)!["messages"] is JsonArray messages ? messages.Count : 1;

    private Task<KithHost.Reply> PostAsync(string path, string body, string? key = null) => host.SendAsync(
        "POST",
        path,
        new StringContent(body, Encoding.UTF8, "application/json"),
        headers: key is null ? null : new Dictionary<string, string> { ["Idempotency-Key"] = key });

    private Task<KithHost.Reply> ChangeAsync(string method, string path, string body, string? key)
    {
        var headers = new Dictionary<string, string> { ["If-None-Match"] = "*" };
        if (key is not null)
            headers["Idempotency-Key"] = key;
        return host.SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"), headers: headers);
    }

    private async Task<int> TotalAsync(string workspace, string session) =>
        (await host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions/{session}/messages/list")).Json!["total"]!.GetValue<int>();

    private Task<KithHost.Reply> UploadAsync(string workspace, string key, string boundary)
    {
        var file = new StringContent("A long story.");
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return host.SendAsync(
            "POST",
            $"/v3/workspaces/{workspace}/sessions/s/messages/upload",
            new MultipartFormDataContent(boundary) { { file, "file", "story.txt" }, { new StringContent("anna"), "peer_id" } },
            headers: new Dictionary<string, string> { ["Idempotency-Key"] = key });
    }
}
