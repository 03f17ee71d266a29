using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Honcho;

/// <summary>What the recordings do not show of the routes.</summary>
public sealed class RouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task Message_creation_echoes_the_clients_own_time_and_later_reads_say_UTC()
    {
        var created = await host.SendAsync("POST", "/v3/workspaces/r/sessions/times/messages", """{"messages":[{"content":"a","peer_id":"p","created_at":"2024-01-02T03:04:05.5+02:00"},{"content":"b","peer_id":"p","created_at":"2024-01-02T03:04:05"}]}""");
        Assert.Equal(["2024-01-02T03:04:05.500000+02:00", "2024-01-02T03:04:05"], Texts(created.Json!.AsArray(), "created_at"));
        var listed = await host.SendAsync("POST", "/v3/workspaces/r/sessions/times/messages/list");
        Assert.Equal(["2024-01-02T01:04:05.500000Z", "2024-01-02T03:04:05Z"], Texts(listed.Json!["items"]!.AsArray(), "created_at"));
    }

    [Fact]
    public async Task Configuration_keeps_unknown_keys_at_every_level_and_drops_nulls()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces", """{"id":"conf","configuration":{"mine":{"a":null,"b":1},"gone":null,"summary":{"enabled":"yes","style":"short","messages_per_short_summary":null}}}""");
        Assert.Equal("""{"mine":{"a":null,"b":1},"summary":{"enabled":true,"style":"short"}}""", reply.Json!["configuration"]!.ToJsonString());
    }

    [Fact]
    public async Task Session_configuration_is_merged_and_metadata_replaced()
    {
        await host.SendAsync("POST", "/v3/workspaces/r/sessions", """{"id":"merge","metadata":{"a":1},"configuration":{"dream":{"enabled":false},"x":1}}""");
        var reply = await host.SendAsync("PUT", "/v3/workspaces/r/sessions/merge", """{"metadata":{"b":2},"configuration":{"x":2}}""");
        Assert.Equal("""{"b":2}""", reply.Json!["metadata"]!.ToJsonString());
        Assert.Equal("""{"dream":{"enabled":false},"x":2}""", reply.Json!["configuration"]!.ToJsonString());
    }

    [Fact]
    public async Task Aliases_stand_for_the_names_they_replaced()
    {
        var session = await host.SendAsync("POST", "/v3/workspaces/r/sessions", """{"name":"aliases","peer_names":{"anna":{}}}""");
        Assert.Equal((201, "aliases"), (session.Code, session.Json!["id"]!.GetValue<string>()));
        var observations = await host.SendAsync("POST", "/v3/workspaces/r/conclusions", """{"observations":[{"content":"x","observer_id":"anna","observed_id":"anna"}]}""");
        Assert.Equal(201, observations.Code);
    }

    [Fact]
    public async Task A_conclusion_can_be_read_by_id_with_its_attribution()
    {
        await host.SendAsync("POST", "/v3/workspaces/r/peers", new { id = "anna" });
        var created = (await host.SendAsync("POST", "/v3/workspaces/r/conclusions", """{"conclusions":[{"content":"likes tea","observer_id":"anna","observed_id":"anna","session_id":null}]}""")).Json![0]!;
        var read = await host.SendAsync("GET", $"/v3/workspaces/r/conclusions/{created["id"]}");
        Assert.Equal(created.ToJsonString(), read.Json!.ToJsonString());
        Assert.Null(read.Json!["source_ids"]);
        Assert.Equal(1, read.Json!["times_derived"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_page_past_the_end_is_empty()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces/nowhere/peers/list?page=99999999999999999999&size=7");
        Assert.Equal("""{"items":[],"total":0,"page":2147483647,"size":7,"pages":0}""", reply.Text);
    }

    [Fact]
    public async Task A_webhook_is_registered_once()
    {
        await host.SendAsync("POST", "/v3/workspaces", new { id = "hooks" });
        var first = await host.SendAsync("POST", "/v3/workspaces/hooks/webhooks", new { url = "https://example.com/hook" });
        var second = await host.SendAsync("POST", "/v3/workspaces/hooks/webhooks", new { url = "https://example.com/hook" });
        Assert.Equal((201, 200, first.Text), (first.Code, second.Code, second.Text));
        Assert.Equal(["id", "workspace_id", "url", "created_at"], first.Json!.AsObject().Select(member => member.Key));
        Assert.Equal(204, (await host.SendAsync("DELETE", $"/v3/workspaces/hooks/webhooks/{first.Json!["id"]}")).Code);
    }

    [Fact]
    public async Task The_eleventh_webhook_is_a_conflict()
    {
        await host.SendAsync("POST", "/v3/workspaces", new { id = "many" });
        for (var number = 0; number < 10; number++)
            Assert.Equal(201, (await host.SendAsync("POST", "/v3/workspaces/many/webhooks", new { url = $"https://example.com/{number}" })).Code);
        Assert.Equal(409, (await host.SendAsync("POST", "/v3/workspaces/many/webhooks", new { url = "https://example.com/10" })).Code);
    }

    [Fact]
    public async Task The_eleventh_observer_is_refused()
    {
        var peers = Enumerable.Range(0, 11).ToDictionary(number => $"p{number}", _ => new { observe_others = true });
        var reply = await host.SendAsync("POST", "/v3/workspaces/r/sessions", new { id = "crowd", peers });
        Assert.Equal(400, reply.Code);
        Assert.StartsWith("Cannot create session crowd with 11 observers.", reply.Json!["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Search_within_a_session_ignores_the_sessions_of_its_filters()
    {
        await host.SendAsync("POST", "/v3/workspaces/r/sessions/found/messages", """{"messages":[{"content":"the blue teapot","peer_id":"p"}]}""");
        var reply = await host.SendAsync("POST", "/v3/workspaces/r/sessions/found/search", """{"query":"teapot","filters":{"session_id":"elsewhere"}}""");
        Assert.Equal("the blue teapot", Assert.Single(reply.Json!.AsArray())!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task Search_through_a_scope_sees_its_sessions_only()
    {
        await host.SendAsync("POST", "/v3/workspaces/sc/sessions/in/messages", """{"messages":[{"content":"a red kite inside","peer_id":"p"}]}""");
        await host.SendAsync("POST", "/v3/workspaces/sc/sessions/out/messages", """{"messages":[{"content":"a red kite outside","peer_id":"p"}]}""");
        await host.SendAsync("POST", "/v3/workspaces/sc/scopes", new { id = "team" });
        Assert.Equal("[]", (await host.SendAsync("POST", "/v3/workspaces/sc/search", new { query = "kite", scope = "team" })).Text);
        await host.SendAsync("POST", "/v3/workspaces/sc/scopes/team/sessions", new { session_ids = new[] { "in" } });
        var reply = await host.SendAsync("POST", "/v3/workspaces/sc/search", new { query = "kite", scope = "team" });
        Assert.Equal(["a red kite inside"], Texts(reply.Json!.AsArray(), "content"));
    }

    [Fact]
    public async Task Text_of_any_script_comes_back_as_it_was()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces/r/sessions/script/messages", """{"messages":[{"content":"<b>ü 漢 😀 & 'x'","peer_id":"p"}]}""");
        Assert.Equal("<b>ü 漢 😀 & 'x'", reply.Json![0]!["content"]!.GetValue<string>());
        Assert.Contains("<b>ü 漢 ", reply.Text);
    }

    private static IEnumerable<string> Texts(JsonArray items, string member) => items.Select(item => item![member]!.GetValue<string>());
}
