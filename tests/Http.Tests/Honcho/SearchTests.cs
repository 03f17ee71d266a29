using Kith.Core;
using Kith.Core.Recall;

namespace Kith.Http.Tests.Honcho;

/// <summary>What search and lists say beyond the original, and only when they are asked.</summary>
public sealed class SearchTests(KithHost host) : IClassFixture<KithHost>
{
    [Theory]
    [InlineData("/v3/workspaces/found/search")]
    [InlineData("/v3/workspaces/found/sessions/s/search")]
    [InlineData("/v3/workspaces/found/peers/p/search")]
    public async Task Scores_come_with_the_messages_when_they_are_asked_for(string path)
    {
        await host.SendAsync("POST", "/v3/workspaces/found/sessions/s/messages", """{"messages":[{"content":"the blue teapot","peer_id":"p"}]}""");

        var message = (await host.SendAsync("POST", path, new { query = "teapot", include_scores = true })).Json![0]!;

        Assert.True(message["score"]!.GetValue<double>() > 0);
        Assert.Equal("text", message["matched_by"]![0]!.GetValue<string>());
        Assert.Equal("the blue teapot", message["snippet"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_search_that_does_not_ask_gets_the_originals_members_only()
    {
        await host.SendAsync("POST", "/v3/workspaces/plain/sessions/s/messages", """{"messages":[{"content":"the blue teapot","peer_id":"p"}]}""");

        var message = (await host.SendAsync("POST", "/v3/workspaces/plain/search", new { query = "teapot" })).Json![0]!.AsObject();

        Assert.Equal(["id", "content", "peer_id", "session_id", "metadata", "created_at", "workspace_id", "token_count"], message.Select(member => member.Key));
    }

    [Fact]
    public async Task An_embedding_outage_leaves_text_search_and_a_header()
    {
        await using var other = KithHost.WithEmbedder(new NoEmbedder());
        await other.SendAsync("POST", "/v3/workspaces/o/sessions/s/messages", """{"messages":[{"content":"the blue teapot","peer_id":"p"}]}""");

        var reply = await other.SendAsync("POST", "/v3/workspaces/o/search", new { query = "teapot", include_scores = true });

        Assert.Equal(200, reply.Code);
        Assert.Equal("embeddings", Assert.Single(reply.Headers.GetValues("X-Kith-Degraded")));
        Assert.Equal("""["text"]""", reply.Json![0]!["matched_by"]!.ToJsonString());
    }

    [Fact]
    public async Task Conclusions_name_their_messages_when_the_list_asks_for_sources()
    {
        await host.SendAsync("POST", "/v3/workspaces/src/peers", new { id = "p" });
        await host.SendAsync("POST", "/v3/workspaces/src/conclusions", """{"conclusions":[{"content":"p fishes","observer_id":"p","observed_id":"p"}]}""");

        var asked = await host.SendAsync("POST", "/v3/workspaces/src/conclusions/list", new { include_sources = true });
        var plain = await host.SendAsync("POST", "/v3/workspaces/src/conclusions/list");

        Assert.Equal("[]", asked.Json!["items"]![0]!["message_ids"]!.ToJsonString());
        Assert.False(plain.Json!["items"]![0]!.AsObject().ContainsKey("message_ids"));
    }

    [Fact]
    public async Task A_context_says_what_it_left_out_and_nothing_when_that_is_nothing()
    {
        await host.SendAsync("POST", "/v3/workspaces/cut/sessions/s/messages", """{"messages":[{"content":"one two three","peer_id":"p"},{"content":"four five six","peer_id":"p"}]}""");

        var cut = await host.SendAsync("GET", "/v3/workspaces/cut/sessions/s/context?tokens=4");
        var whole = await host.SendAsync("GET", "/v3/workspaces/cut/sessions/s/context");

        Assert.Equal("""{"card_lines":0,"conclusions":0,"messages":1,"summary":false,"tokens_used":3}""", cut.Json!["truncation"]!.ToJsonString());
        Assert.False(whole.Json!.AsObject().ContainsKey("truncation"));
    }

    /// <summary>A model that never answers.</summary>
    private sealed class NoEmbedder : IEmbedder
    {
        public string Model => "none";

        public int Dimensions => 16;

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
            throw new KithException(ErrorCode.Unavailable, "The embedding model does not answer.");
    }
}
