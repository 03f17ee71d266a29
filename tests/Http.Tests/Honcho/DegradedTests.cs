using System.Text.Json.Nodes;
using Kith.Core;
using Kith.Core.Recall;

namespace Kith.Http.Tests.Honcho;

/// <summary>While the embedding model does not answer, whatever recalls goes by text alone, says so in a header, and has the same body as ever.</summary>
public sealed class DegradedTests(DegradedTests.Fixture fixture) : IClassFixture<DegradedTests.Fixture>
{
    public static TheoryData<string, string, string?> Recalls { get; } = new()
    {
        { "POST", "search", """{"query":"tea"}""" },
        { "POST", "peers/anna/search", """{"query":"tea"}""" },
        { "POST", "sessions/s/search", """{"query":"tea"}""" },
        { "POST", "peers/anna/chat", """{"query":"Which tea does anna like?"}""" },
        { "POST", "peers/anna/chat", """{"query":"Which tea does anna like?","stream":true}""" },
        { "POST", "chat", """{"query":"Which tea does anna like?"}""" },
        { "POST", "peers/anna/representation", """{"search_query":"tea"}""" },
        { "GET", "peers/anna/context?search_query=tea", null },
        { "GET", "sessions/s/context?peer_target=anna&search_query=tea", null },
        { "POST", "conclusions/query", """{"query":"tea","filters":{"observer_id":"anna","observed_id":"anna"}}""" },
        { "POST", "conclusions/query", """{"query":"tea","distance":1,"filters":{"observer_id":"anna","observed_id":"anna"}}""" },
    };

    [Theory]
    [MemberData(nameof(Recalls))]
    public async Task An_outage_leaves_the_answer_by_text_and_a_header(string method, string path, string? body)
    {
        fixture.Embedder.IsDown = true;
        var during = await fixture.Host.SendAsync(method, "/v3/workspaces/o/" + path, body);
        fixture.Embedder.IsDown = false;
        var after = await fixture.Host.SendAsync(method, "/v3/workspaces/o/" + path, body);

        Assert.Equal((200, 200), (during.Code, after.Code));
        Assert.Equal("embeddings", Assert.Single(during.Headers.GetValues("X-Kith-Degraded")));
        Assert.False(after.Headers.Contains("X-Kith-Degraded"));
        Assert.Contains("green tea", during.Text, StringComparison.Ordinal);
        if (during.Type == "application/json")
            Assert.Equal(Shape(after.Json), Shape(during.Json));
    }

    [Theory]
    [InlineData("POST", "peers/anna/representation", "{}")]
    [InlineData("GET", "peers/anna/context", null)]
    [InlineData("GET", "sessions/s/context?peer_target=anna", null)]
    public async Task What_asks_for_no_search_is_not_degraded(string method, string path, string? body)
    {
        fixture.Embedder.IsDown = true;
        var reply = await fixture.Host.SendAsync(method, "/v3/workspaces/o/" + path, body);
        fixture.Embedder.IsDown = false;

        Assert.Equal(200, reply.Code);
        Assert.False(reply.Headers.Contains("X-Kith-Degraded"));
    }

    /// <summary>Names and kinds without values; of a list the first item.</summary>
    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject body => $"{{{string.Join(',', body.Select(member => $"{member.Key}:{Shape(member.Value)}"))}}}",
        JsonArray list => $"[{(list.Count > 0 ? Shape(list[0]) : "")}]",
        _ => node?.GetValueKind().ToString() ?? "Null",
    };

    public sealed class Fixture : IAsyncLifetime
    {
        public Fixture() => Host = KithHost.WithEmbedder(Embedder);

        internal Switch Embedder { get; } = new();

        public KithHost Host { get; }

        public async ValueTask InitializeAsync()
        {
            await Host.SendAsync("POST", "/v3/workspaces/o/sessions/s/messages", """{"messages":[{"content":"I like green tea.","peer_id":"anna"}]}""");
            await Host.SendAsync("POST", "/v3/workspaces/o/conclusions", """{"conclusions":[{"content":"anna likes green tea","observer_id":"anna","observed_id":"anna"}]}""");
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    /// <summary>A model that can be switched off.</summary>
    internal sealed class Switch : IEmbedder
    {
        private readonly HashedEmbedder _working = new();

        public bool IsDown { get; set; }

        public string Model => _working.Model;

        public int Dimensions => _working.Dimensions;

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
            IsDown ? throw new KithException(ErrorCode.Unavailable, "The embedding model does not answer.") : _working.EmbedAsync(workspace, texts, cancellationToken);
    }
}
