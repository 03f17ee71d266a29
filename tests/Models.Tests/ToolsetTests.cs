using System.Text.Json.Nodes;
using Kith.Core.Reasoning;

namespace Kith.Models.Tests;

/// <summary>The looks into memory that a model is offered, in its words (spec honcho-engine §7.4).</summary>
public sealed class ToolsetTests
{
    private static readonly string[] _all =
    [
        "search_memory", "search_messages", "grep_messages", "get_messages_by_date_range", "search_messages_temporal", "get_observation_context", "get_reasoning_chain",
    ];

    private static readonly RecalledConclusion _rome = Some.Conclusion("id-rome", "alice lives in Rome.");

    [Fact]
    public async Task All_seven_are_offered_each_as_a_strict_schema()
    {
        var tools = await OfferedAsync(ReasoningLevel.Low, offersChains: true);

        Assert.Equal(_all, tools.Select(tool => (string)tool["name"]!));
        Assert.All(tools, tool =>
        {
            Assert.True((bool)tool["strict"]!);
            var schema = tool["parameters"]!;
            Assert.Equal(schema["properties"]!.AsObject().Select(member => member.Key), schema["required"]!.AsArray().Select(name => (string)name!));
        });
    }

    [Fact]
    public async Task Least_effort_searches_only() =>
        Assert.Equal(_all[..2], (await OfferedAsync(ReasoningLevel.Minimal, offersChains: true)).Select(tool => (string)tool["name"]!));

    [Fact]
    public async Task Chains_are_not_offered_where_only_some_sessions_may_be_seen() =>
        Assert.Equal(_all[..6], (await OfferedAsync(ReasoningLevel.Max, offersChains: false)).Select(tool => (string)tool["name"]!));

    [Theory]
    [InlineData("search_memory", """{"query":"rome","limit":null}""", """{"query":"rome","limit":20}""")]
    [InlineData("search_memory", """{"query":"rome","limit":99}""", """{"query":"rome","limit":40}""")]
    [InlineData("search_messages", """{"query":"rome","limit":null}""", """{"query":"rome","limit":10}""")]
    [InlineData("search_messages", """{"query":"rome","limit":99}""", """{"query":"rome","limit":20}""")]
    [InlineData("grep_messages", """{"text":"C-137","limit":null}""", """{"text":"C-137","limit":10}""")]
    [InlineData("grep_messages", """{"text":"C-137","limit":99}""", """{"text":"C-137","limit":30}""")]
    [InlineData("get_messages_by_date_range", """{"from":"2026-03-01","to":"2026-03-02","limit":null}""", """{"from":"2026-03-01T00:00:00.000000Z","to":"2026-03-03T00:00:00.000000Z","limit":20}""")]
    [InlineData("get_messages_by_date_range", """{"from":null,"to":"2025-12","limit":99}""", """{"from":null,"to":"2026-01-01T00:00:00.000000Z","limit":20}""")]
    [InlineData("search_messages_temporal", """{"query":"rome","from":"2025","to":null,"limit":0}""", """{"query":"rome","from":"2025-01-01T00:00:00.000000Z","to":null,"limit":1}""")]
    [InlineData("get_observation_context", """{"id":"c1"}""", """{"conclusion_id":"id-rome"}""")]
    [InlineData("get_reasoning_chain", """{"id":"[[c1]]"}""", """{"conclusion_id":"id-rome"}""")]
    public async Task A_call_is_made_with_public_ids_whole_days_and_limits(string tool, string arguments, string made)
    {
        var (calls, _) = await CallAsync(tool, arguments, new Found([_rome], []));

        Assert.Equal((tool, made), (calls[^1].Tool, calls[^1].Input.ToJsonString()));
    }

    [Theory]
    [InlineData("grep_messages", """{"query":"x","limit":1}""")]
    [InlineData("grep_messages", """{"text":" ","limit":1}""")]
    [InlineData("get_messages_by_date_range", """{"from":"soon","to":null,"limit":1}""")]
    [InlineData("get_reasoning_chain", """{"id":"c7"}""")]
    [InlineData("get_reasoning_chain", """{"id":"id-rome"}""")]
    public async Task A_call_that_means_nothing_is_not_made_and_the_model_is_told(string tool, string arguments)
    {
        var (calls, result) = await CallAsync(tool, arguments, Found.Nothing);

        Assert.DoesNotContain(calls, call => call.Tool == tool);
        Assert.Contains("have to be a JSON object", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Excerpts_are_set_apart_and_links_are_named()
    {
        var found = new Found(
            [_rome with { Id = "id-oslo", Content = "alice lives in Oslo.", Link = ConclusionLink.Superseding }],
            [[Some.Message("1", "one"), Some.Message("2", "two")], [Some.Message("3", "three")]]);

        var (_, result) = await CallAsync("get_reasoning_chain", """{"id":"c1"}""", found);

        var lines = result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("this took its place", (string?)JsonNode.Parse(lines[0])!["link"]);
        Assert.Equal(["---", "one", "two", "---", "three"], lines[1..].Select(line => line == "---" ? line : (string)JsonNode.Parse(line)!["text"]!));
    }

    [Fact]
    public async Task A_result_has_ten_thousand_characters_and_a_message_two_thousand_at_most()
    {
        var excerpts = Enumerable.Range(0, 10).Select(i => new[] { Some.Message($"{i}", new string('a', 3_000)) });

        var (_, result) = await CallAsync("grep_messages", """{"text":"a","limit":null}""", new Found([], [.. excerpts]));

        Assert.InRange(result.Length, 8_000, 10_000);
        Assert.All(result.Split('\n').Where(line => line.StartsWith('{')), line => Assert.Equal(2_001, ((string)JsonNode.Parse(line)!["text"]!).Length));
    }

    private static async Task<IReadOnlyList<JsonNode>> OfferedAsync(ReasoningLevel level, bool offersChains)
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("Rome."));
        var memory = new MemoryTools((_, _) => Task.FromResult(new Found([_rome], []))) { OffersChains = offersChains };
        await server.Reasoner().AnswerAsync(Some.Question() with { Level = level }, memory, Some.Cancellation).ReadAsync();
        return [.. server.Requests[0].Body["tools"]!.AsArray().Select(tool => tool!["function"]!)];
    }

    /// <summary>What one call of a model led to, and what it was told; what it was shown before is one conclusion, as c1.</summary>
    private static async Task<(IReadOnlyList<ToolCall> Calls, string Result)> CallAsync(string tool, string arguments, Found found)
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Tools("", (tool, arguments)), Replies.Text("Rome."));
        var looks = 0;
        var memory = new MemoryTools((_, _) => Task.FromResult(Interlocked.Increment(ref looks) <= 2 ? new Found([_rome], []) : found));
        await server.Reasoner().AnswerAsync(Some.Question(), memory, Some.Cancellation).ReadAsync();
        return ([.. memory.Calls.Skip(2)], server.Requests[1].Text("tool"));
    }
}
