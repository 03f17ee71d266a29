using System.Text.Json.Nodes;

namespace Kith.Http.Tests.HonchoV2;

/// <summary>What the recordings do not show of v2's routes (spec honcho-api §12).</summary>
public sealed class RouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Theory]
    [InlineData("workspaces", """{"id":"new"}""")]
    [InlineData("workspaces/r/peers", """{"id":"new"}""")]
    [InlineData("workspaces/r/sessions", """{"id":"new"}""")]
    [InlineData("workspaces/r/webhooks", """{"url":"https://example.com/new"}""")]
    [InlineData("workspaces/r/sessions/new/messages/", """{"messages":[{"content":"a","peer_id":"p"}]}""")]
    [InlineData("workspaces/r/sessions/new/messages", """{"messages":[{"content":"a","peer_id":"p"}]}""")]
    public async Task Creation_answers_200_the_first_time_and_the_second(string path, string body)
    {
        await host.SendAsync("POST", "/v2/workspaces", new { id = "r" });
        Assert.Equal(200, (await host.SendAsync("POST", "/v2/" + path, body)).Code);
        Assert.Equal(200, (await host.SendAsync("POST", "/v2/" + path, body)).Code);
    }

    [Fact]
    public async Task A_session_of_v2_switches_reasoning_by_deriver_and_v3_calls_it_reasoning()
    {
        var made = await host.SendAsync("POST", "/v2/workspaces/r/sessions", """{"id":"from2","configuration":{"deriver":{"enabled":"no","custom_instructions":"Be brief."},"x":1}}""");
        Assert.Equal("""{"x":1,"deriver":{"enabled":false,"custom_instructions":"Be brief."}}""", Configuration(made));
        var read = await host.SendAsync("POST", "/v3/workspaces/r/sessions", new { id = "from2" });
        Assert.Equal("""{"x":1,"reasoning":{"enabled":false,"custom_instructions":"Be brief."}}""", Configuration(read));
    }

    [Fact]
    public async Task A_workspace_of_v3_shows_its_reasoning_as_deriver_in_v2()
    {
        await host.SendAsync("POST", "/v3/workspaces", """{"id":"from3","configuration":{"reasoning":{"enabled":false},"dream":{"enabled":true}}}""");
        Assert.Equal("""{"deriver":{"enabled":false},"dream":{"enabled":true}}""", Configuration(await host.SendAsync("POST", "/v2/workspaces", new { id = "from3" })));
        Assert.Equal("""{"deriver":{"enabled":true},"dream":{"enabled":true}}""", Configuration(await host.SendAsync("PUT", "/v2/workspaces/from3", """{"configuration":{"deriver":{"enabled":true}}}""")));
        Assert.Equal("""{"reasoning":{"enabled":true},"dream":{"enabled":true}}""", Configuration(await host.SendAsync("POST", "/v3/workspaces", new { id = "from3" })));
    }

    [Fact]
    public async Task Neither_version_shows_the_section_under_both_names()
    {
        await host.SendAsync("POST", "/v3/workspaces", """{"id":"both","configuration":{"deriver":{"enabled":false},"reasoning":{"enabled":true}}}""");
        Assert.Equal("""{"deriver":{"enabled":true}}""", Configuration(await host.SendAsync("POST", "/v2/workspaces", new { id = "both" })));
        Assert.Equal("""{"reasoning":{"enabled":true}}""", Configuration(await host.SendAsync("POST", "/v3/workspaces", new { id = "both" })));
    }

    [Fact]
    public async Task Later_names_of_the_section_are_understood_too()
    {
        var made = await host.SendAsync("POST", "/v2/workspaces/r/sessions", """{"id":"later","configuration":{"reasoning":{"enabled":false}}}""");
        Assert.Equal("""{"deriver":{"enabled":false}}""", Configuration(made));
    }

    [Theory]
    [InlineData("\"deriver\":{\"enabled\":false}")]
    [InlineData("\"reasoning\":{\"enabled\":false}")]
    public async Task A_message_whose_deriver_is_off_is_not_learned_from(string section)
    {
        var workspace = "quiet-" + section.Length;
        await host.SendAsync("POST", $"/v2/workspaces/{workspace}/sessions/s/messages/", $$"""{"messages":[{"content":"I live in Oslo.","peer_id":"p","configuration":{ {{section}} } }]}""");
        Assert.Equal(0, (await host.SendAsync("GET", $"/v2/workspaces/{workspace}/deriver/status")).Json!["total_work_units"]!.GetValue<int>());
    }

    [Fact]
    public async Task Metadata_has_no_limits()
    {
        var metadata = JsonNode.Parse("""{"a":{"b":{"c":{"d":{"e":{"f":{"g":1}}}}}}}""")!;
        for (var number = 0; number < 150; number++)
            metadata[$"key{number}"] = number;
        var reply = await host.SendAsync("POST", "/v2/workspaces/r/peers", new JsonObject { ["id"] = "rich", ["metadata"] = metadata.DeepClone() }.ToJsonString());
        Assert.True(JsonNode.DeepEquals(metadata, reply.Json!["metadata"]), reply.Text);
    }

    [Fact]
    public async Task Deleting_a_workspace_answers_with_it_and_takes_its_active_sessions_along()
    {
        await host.SendAsync("POST", "/v2/workspaces", """{"id":"doomed","metadata":{"a":1}}""");
        await host.SendAsync("POST", "/v2/workspaces/doomed/sessions/s/messages/", """{"messages":[{"content":"I live in Oslo.","peer_id":"p"}]}""");
        var reply = await host.SendAsync("DELETE", "/v2/workspaces/doomed");
        Assert.Equal((200, "doomed", """{"a":1}"""), (reply.Code, reply.Json!["id"]!.GetValue<string>(), reply.Json!["metadata"]!.ToJsonString()));
        await Eventually.SeeAsync(async () => (await host.SendAsync("POST", "/v2/workspaces/list", """{"filters":{"id":"doomed"}}""")).Json!["total"]!.GetValue<int>(), left => left == 0);
        Assert.Equal(0, (await host.SendAsync("POST", "/v2/workspaces/doomed/sessions/s/messages/list")).Json!["total"]!.GetValue<int>());
        Assert.Equal(404, (await host.SendAsync("DELETE", "/v2/workspaces/doomed")).Code);
    }

    [Fact]
    public async Task Settings_of_a_member_are_changed_by_POST_with_an_empty_answer()
    {
        await host.SendAsync("POST", "/v2/workspaces/r/sessions", """{"id":"set","peers":{"p":{}}}""");
        var reply = await host.SendAsync("POST", "/v2/workspaces/r/sessions/set/peers/p/config", new { observe_others = true });
        Assert.Equal((200, "", null), (reply.Code, reply.Text, reply.Type));
        Assert.Equal("""{"observe_me":null,"observe_others":true}""", (await host.SendAsync("GET", "/v2/workspaces/r/sessions/set/peers/p/config")).Text);
    }

    [Fact]
    public async Task A_session_is_cloned_by_GET()
    {
        var said = await host.SendAsync("POST", "/v2/workspaces/r/sessions/orig/messages/", """{"messages":[{"content":"One.","peer_id":"p"},{"content":"Two.","peer_id":"p"}]}""");
        var copy = await host.SendAsync("GET", $"/v2/workspaces/r/sessions/orig/clone?message_id={said.Json![0]!["id"]}");
        Assert.Equal(200, copy.Code);
        var messages = await host.SendAsync("POST", $"/v2/workspaces/r/sessions/{copy.Json!["id"]}/messages/list");
        Assert.Equal("One.", Assert.Single(messages.Json!["items"]!.AsArray())!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_card_of_nobody_is_null_and_cannot_be_set()
    {
        Assert.Equal((200, """{"peer_card":null}"""), Parts(await host.SendAsync("GET", "/v2/workspaces/r/peers/ghost/card")));
        Assert.Equal(404, (await host.SendAsync("PUT", "/v2/workspaces/r/peers/ghost/card", """{"peer_card":["x"]}""")).Code);
        await host.SendAsync("POST", "/v2/workspaces/r/peers", new { id = "solid" });
        Assert.Equal((200, """{"peer_card":["x"]}"""), Parts(await host.SendAsync("PUT", "/v2/workspaces/r/peers/solid/card", """{"peer_card":["x"]}""")));
    }

    [Fact]
    public async Task Observations_are_stored_listed_found_and_deleted_under_their_old_shape()
    {
        await host.SendAsync("POST", "/v2/workspaces/o/sessions", """{"id":"s","peers":{"p":{}}}""");
        var stored = await host.SendAsync("POST", "/v2/workspaces/o/observations", """{"observations":[{"content":"likes tea","observer_id":"p","observed_id":"p","session_id":"s"}]}""");
        Assert.Equal(200, stored.Code);
        var first = stored.Json![0]!;
        Assert.Equal(["id", "content", "observer_id", "observed_id", "session_id", "created_at"], first.AsObject().Select(member => member.Key));
        var listed = await host.SendAsync("POST", "/v2/workspaces/o/observations/list", """{"filters":{"observer":"p","observed":"p","session_id":"s"}}""");
        Assert.Equal(first.ToJsonString(), Assert.Single(listed.Json!["items"]!.AsArray())!.ToJsonString());
        var found = await host.SendAsync("POST", "/v2/workspaces/o/observations/query", """{"query":"tea","filters":{"observer":"p","observed":"p"}}""");
        Assert.Equal(first.ToJsonString(), Assert.Single(found.Json!.AsArray())!.ToJsonString());
        Assert.Equal((200, """{"message":"Observation deleted successfully"}"""), Parts(await host.SendAsync("DELETE", $"/v2/workspaces/o/observations/{first["id"]}")));
        Assert.Equal(404, (await host.SendAsync("DELETE", $"/v2/workspaces/o/observations/{first["id"]}")).Code);
    }

    [Fact]
    public async Task A_conclusion_without_a_session_is_an_observation_with_an_empty_one()
    {
        await host.SendAsync("POST", "/v2/workspaces/r/peers", new { id = "free" });
        await host.SendAsync("POST", "/v3/workspaces/r/conclusions", """{"conclusions":[{"content":"x","observer_id":"free","observed_id":"free"}]}""");
        var listed = await host.SendAsync("POST", "/v2/workspaces/r/observations/list", """{"filters":{"observer_id":"free"}}""");
        Assert.Equal("", listed.Json!["items"]![0]!["session_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Webhooks_are_deleted_with_null()
    {
        await host.SendAsync("POST", "/v2/workspaces", new { id = "hooks2" });
        var made = await host.SendAsync("POST", "/v2/workspaces/hooks2/webhooks", new { url = "https://example.com/hook" });
        Assert.Equal((200, "null"), Parts(await host.SendAsync("GET", "/v2/workspaces/hooks2/webhooks/test")));
        Assert.Equal((200, "null"), Parts(await host.SendAsync("DELETE", $"/v2/workspaces/hooks2/webhooks/{made.Json!["id"]}")));
    }

    [Theory]
    [InlineData("POST", "schedule_dream", """{"observer":"p","dream_type":"omni"}""", 204)]
    [InlineData("POST", "trigger_dream", """{"observer":"p","dream_type":"consolidate"}""", 204)]
    [InlineData("POST", "trigger_dream", """{"observer":"p","observed":"q","dream_type":"agent"}""", 204)]
    [InlineData("GET", "queue/status", null, 200)]
    [InlineData("GET", "deriver/status", null, 200)]
    [InlineData("POST", "sessions/s/clone", null, 200)]
    [InlineData("PUT", "sessions/s/peers/p/config", "{}", 204)]
    [InlineData("POST", "conclusions", """{"conclusions":[{"content":"x","observer_id":"p","observed_id":"p"}]}""", 200)]
    [InlineData("POST", "conclusions/list", null, 200)]
    [InlineData("POST", "conclusions/query", """{"query":"x","filters":{"observer_id":"p","observed_id":"p"}}""", 200)]
    public async Task Old_and_later_names_of_routes_work(string method, string path, string? body, int status)
    {
        await host.SendAsync("POST", "/v2/workspaces/a/sessions", """{"id":"s","peers":{"p":{}}}""");
        Assert.Equal(status, (await host.SendAsync(method, "/v2/workspaces/a/" + path, (object?)body)).Code);
    }

    [Fact]
    public async Task A_trailing_slash_elsewhere_is_redirected() =>
        Assert.Equal("/v2/workspaces/list", (await host.SendAsync("POST", "/v2/workspaces/list/")).Headers.Location!.ToString());

    private static (int Code, string Text) Parts(KithHost.Reply reply) => (reply.Code, reply.Text);

    private static string Configuration(KithHost.Reply reply) => reply.Json!["configuration"]!.ToJsonString();
}
