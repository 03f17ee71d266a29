using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Memory;

/// <summary>What the console lists: conclusions with all that is known of them, their sources, and who knows about whom.</summary>
public sealed class TimelineRouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task Conclusions_are_listed_with_what_they_rest_on_and_sources_lead_to_the_messages()
    {
        var said = await TellAsync("sources", "chat", "anna", "I moved from Berlin to Rome in May 2023.");
        var listed = (await host.SendAsync("GET", "/v1/workspaces/sources/conclusions?observer=anna&observed=anna")).Json!;
        var conclusion = Assert.Single(listed["items"]!.AsArray())!;
        Assert.Equal(("stated", said), (Text(conclusion, "origin"), Text(conclusion["message_ids"]!.AsArray().Single()!)));

        var sources = (await host.SendAsync("GET", $"/v1/workspaces/sources/conclusions/{Text(conclusion, "id")}/sources")).Json!;
        var message = Assert.Single(sources["messages"]!.AsArray())!;
        Assert.Equal((said, "chat", "anna", "I moved from Berlin to Rome in May 2023."), (Text(message, "id"), Text(message, "session_id"), Text(message, "peer_id"), Text(message, "content")));
        Assert.Equal((Text(conclusion, "id"), 0), (Text(sources["conclusion"]!, "id"), sources["conclusions"]!.AsArray().Count));
        Assert.Equal(1, await CountAsync("sources", $"message={said}"));
        Assert.Equal(0, await CountAsync("sources", "message=another"));
    }

    [Fact]
    public async Task What_has_ended_and_what_was_retracted_is_listed_where_it_is_asked_for()
    {
        await TellAsync("states", "chat", "anna", "I live in Berlin.");
        await TellAsync("states", "chat", "anna", "I moved to Rome in May 2025.");
        await TellAsync("states", "chat", "anna", "I love green tea.");
        var tea = (await host.SendAsync("GET", "/v1/workspaces/states/conclusions?size=1")).Json!["items"]![0]!;
        await host.SendAsync("POST", $"/v1/workspaces/states/conclusions/{Text(tea, "id")}/retract");

        Assert.Equal((3, 1, 1, 1), (await CountAsync("states"), await CountAsync("states", "state=current"), await CountAsync("states", "state=ended"), await CountAsync("states", "state=retracted")));
        Assert.Equal((3, 0), (await CountAsync("states", "origin=stated"), await CountAsync("states", "origin=human")));
        Assert.Equal((3, 0), (await CountAsync("states", "level=explicit"), await CountAsync("states", "level=inductive")));
        Assert.Equal((3, 0), (await CountAsync("states", "session=chat"), await CountAsync("states", "session=other")));
    }

    [Fact]
    public async Task Pairs_are_counted_by_what_is_held_now()
    {
        await host.SendAsync("POST", "/v3/workspaces/pairs/peers", new { id = "anna" });
        await host.SendAsync("POST", "/v3/workspaces/pairs/peers", new { id = "bob" });
        var kept = await host.SendAsync("POST", "/v3/workspaces/pairs/conclusions", new
        {
            conclusions = new[]
            {
                new { content = "likes tea", observer_id = "anna", observed_id = "bob" },
                new { content = "likes cake", observer_id = "anna", observed_id = "bob" },
                new { content = "likes rain", observer_id = "bob", observed_id = "bob" },
            },
        });
        await host.SendAsync("POST", $"/v1/workspaces/pairs/conclusions/{Text(kept.Json![0]!, "id")}/retract");

        var pairs = (await host.SendAsync("GET", "/v1/workspaces/pairs/pairs")).Json!;
        Assert.Equal(
            """[{"observer_id":"anna","observed_id":"bob","conclusions":1},{"observer_id":"bob","observed_id":"bob","conclusions":1}]""",
            pairs["items"]!.ToJsonString());
        Assert.Equal(1, (await host.SendAsync("GET", "/v1/workspaces/pairs/pairs?observer=bob")).Json!["total"]!.GetValue<int>());
        Assert.Equal(0, (await host.SendAsync("GET", "/v1/workspaces/nowhere/pairs")).Json!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("conclusions?state=gone")]
    [InlineData("conclusions?level=deep")]
    [InlineData("conclusions?origin=nowhere")]
    [InlineData("conclusions?size=101")]
    [InlineData("pairs?page=0")]
    public async Task What_there_is_none_of_is_refused(string path) => Assert.Equal(400, (await host.SendAsync("GET", "/v1/workspaces/w/" + path)).Code);

    [Fact]
    public async Task Sources_of_nothing_are_not_found() => Assert.Equal(404, (await host.SendAsync("GET", "/v1/workspaces/w/conclusions/nothing/sources")).Code);

    [Fact]
    public async Task A_key_says_what_it_opens()
    {
        Assert.Equal("""{"required":false,"admin":true,"workspace":null,"peer":null,"session":null,"read_only":false}""", (await host.SendAsync("GET", "/v1/key")).Text);
    }

    private static string Text(JsonNode node, string? member = null) => (member is null ? node : node[member]!).GetValue<string>();

    private async Task<string> TellAsync(string workspace, string session, string peer, string content)
    {
        var stored = await host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions/{session}/messages", new { messages = new[] { new { peer_id = peer, content } } });
        await host.SendAsync("POST", $"/v1/workspaces/{workspace}/sessions/{session}/flush");
        await Eventually.SeeAsync(async () => (await host.SendAsync("GET", $"/v1/workspaces/{workspace}/queue/idle?timeout=5")).Json!, queue => queue["idle"]!.GetValue<bool>());
        return Text(stored.Json![0]!, "id");
    }

    private async Task<int> CountAsync(string workspace, string query = "") =>
        (await host.SendAsync("GET", $"/v1/workspaces/{workspace}/conclusions?{query}")).Json!["total"]!.GetValue<int>();
}
