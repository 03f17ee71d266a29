using System.Text.Json.Nodes;
using Kith.Core.Tokens;

namespace Kith.Http.Tests.Honcho;

/// <summary>What a context route returns has at most the tokens asked for, whatever else is asked for.</summary>
public sealed class ContextBudgetTests(KithHost host) : IClassFixture<KithHost>
{
    private const int Cases = 60;

    [Theory]
    [InlineData("v2", "last_message", "include_most_derived", "max_observations", 1)]
    [InlineData("v3", "search_query", "include_most_frequent", "max_conclusions", 2)]
    public async Task A_session_context_never_has_more_tokens_than_asked_for(string version, string search, string frequent, string most, int seed)
    {
        var random = new Random(seed);
        await FillAsync(version, random);
        var withRepresentation = 0;
        for (var i = 0; i < Cases; i++)
        {
            var tokens = random.Next(3) == 0 ? random.Next(1, 60) : random.Next(1, 1500);
            var query = $"tokens={tokens}&summary={(random.Next(4) > 0 ? "true" : "false")}";
            Maybe($"{search}={Uri.EscapeDataString("Where do I see the houses?")}");
            Maybe($"search_top_k={random.Next(1, 30)}");
            Maybe($"search_max_distance={random.NextDouble():F2}");
            Maybe($"{frequent}=true");
            Maybe($"{most}={random.Next(1, 101)}");
            if (random.Next(4) > 0)
            {
                query += "&peer_target=anna";
                if (random.Next(3) == 0)
                    query += "&peer_perspective=bob";
                else if (random.Next(2) == 0)
                    query += "&limit_to_session=true";
                else if (version == "v3" && random.Next(2) == 0)
                    query += "&sessions=s";
                else if (version == "v3" && random.Next(2) == 0)
                    query += "&scope=only-s";
            }

            var reply = await host.SendAsync("GET", $"/{version}/workspaces/budget-{version}/sessions/s/context?{query}");

            Assert.True(reply.Code == 200, $"{query}: {reply.Text}");
            var told = Told(reply.Json!["peer_representation"]);
            withRepresentation += told.Count > 0 ? 1 : 0;
            var used = Contents(reply.Json["messages"]).Concat(Contents(reply.Json["summary"])).Concat(Texts(reply.Json["peer_card"])).Concat(told).Sum(text => Tokenizer.Count(text));
            Assert.True(used <= tokens, $"{query}: {used} tokens");

            void Maybe(string option) => query += random.Next(2) == 0 ? $"&{option}" : "";
        }

        Assert.InRange(withRepresentation, Cases / 5, Cases);
    }

    [Fact]
    public async Task A_peer_context_never_has_more_tokens_than_asked_for_and_says_what_it_left_out()
    {
        await FillAsync("peer", null);
        foreach (var tokens in new[] { 1, 7, 30, 100, 300, 900 })
        {
            var reply = await host.SendAsync("GET", $"/v3/workspaces/budget-peer/peers/anna/context?tokens={tokens}&search_query=number%2017");

            var used = Tokenizer.Count((string?)reply.Json!["representation"]) + Texts(reply.Json["peer_card"]).Sum(line => Tokenizer.Count(line));
            Assert.InRange(used, 0, tokens);
            Assert.Equal(used, (int)reply.Json["truncation"]!["tokens_used"]!);
            // What is searched for stays longest.
            if (tokens >= 100)
                Assert.Contains("number 17", (string)reply.Json["representation"]!, StringComparison.Ordinal);
        }

        Assert.Null((await host.SendAsync("GET", "/v3/workspaces/budget-peer/peers/anna/context?tokens=100000")).Json!["truncation"]);
        Assert.Equal(422, (await host.SendAsync("GET", "/v3/workspaces/budget-peer/peers/anna/context?tokens=100001")).Code);
    }

    /// <param name="random">How much is said beside each house; null for nothing.</param>
    private async Task FillAsync(string name, Random? random)
    {
        var workspace = $"/v3/workspaces/budget-{name}";
        await host.SendAsync("POST", $"{workspace}/sessions", new { id = "s", peers = new { bob = new { observe_others = true } } });
        var messages = Enumerable.Range(0, 65).Select(i => new
        {
            peer_id = i % 5 == 4 ? "bob" : "anna",
            content = $"I have seen the house number {i}. " + string.Concat(Enumerable.Repeat("It was tall 🙂. ", random?.Next(4) ?? 0)),
        });
        await host.SendAsync("POST", $"{workspace}/sessions/s/messages", new { messages });
        await host.SendAsync("PUT", $"{workspace}/peers/anna/card", new { peer_card = new[] { "Name: Anna", "Sees houses, many of them, of every size and colour", "Likes bees" } });
        await host.SendAsync("POST", $"{workspace}/scopes", new { id = "only-s" });
        await host.SendAsync("POST", $"{workspace}/scopes/only-s/sessions", new { session_ids = new[] { "s" } });
        await host.IdleAsync($"budget-{name}");
    }

    /// <summary>A text as it is, or what a structured representation says.</summary>
    private static IReadOnlyList<string> Told(JsonNode? representation) => representation switch
    {
        null => [],
        JsonValue text => (string?)text is { Length: > 0 } told ? [told] : [],
        _ => [.. representation.AsObject().SelectMany(level => level.Value!.AsArray()).Select(item => (string?)item!["content"] ?? (string?)item["conclusion"] ?? "")],
    };

    private static IEnumerable<string> Contents(JsonNode? node) => node switch
    {
        null => [],
        JsonArray items => items.Select(item => (string)item!["content"]!),
        _ => [(string)node["content"]!],
    };

    private static IEnumerable<string> Texts(JsonNode? lines) => lines is null ? [] : lines.AsArray().Select(line => (string)line!);
}
