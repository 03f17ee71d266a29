using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Reasoning;

namespace Kith.Core.Tests.Reasoning;

public sealed class ExtractiveAnswerTests
{
    private static readonly DateTimeOffset Said = new(2023, 5, 8, 12, 0, 0, TimeSpan.Zero);

    private static readonly ExtractiveReasoner Reasoner = new(text => text.Length / 4);

    private static readonly RecalledConclusion Rome = Conclusion("c1", "alice moved to Rome in May 2023.", "m1");

    private static readonly RecalledConclusion Bees = Conclusion("c2", "alice keeps 3 hives of bees on the roof.", "m2");

    [Fact]
    public async Task An_answer_quotes_the_conclusions_that_share_the_question_with_their_dates()
    {
        var (text, grounds) = await Ask("When did alice move to Rome?", [Rome, Bees], []);
        Assert.Equal("From what alice said:\n- alice moved to Rome in May 2023. (2023-05-08)", text);
        Assert.Equal(["c1"], grounds.Conclusions.Select(conclusion => conclusion.Id));
        Assert.Empty(grounds.Messages);
    }

    [Fact]
    public async Task A_question_in_other_words_finds_the_same_fact()
    {
        var (text, _) = await Ask("Which city does alice live in?", [Rome, Bees], []);
        Assert.Contains("moved to Rome", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What does alice like?", "alice loves jazz.")]
    [InlineData("What are alice's hobbies?", "alice loves jazz.")]
    [InlineData("What's alice's job?", "alice works as a baker.")]
    [InlineData("How often does alice go running?", "alice goes running by the river.")]
    public async Task Other_forms_of_a_word_count_as_the_word(string question, string fact)
    {
        var (_, grounds) = await Ask(question, [Conclusion("c3", fact, "m3"), Bees], []);
        Assert.Equal(["c3"], grounds.Conclusions.Select(conclusion => conclusion.Id));
    }

    [Fact]
    public async Task A_message_is_quoted_where_no_conclusion_holds_it()
    {
        var (text, grounds) = await Ask("What does alice say about the ferry?", [Bees], [Message("m3", "alice", "The ferry was late again.")]);
        Assert.Equal("From what was said:\n- alice: \"The ferry was late again.\" (2023-05-08)", text);
        Assert.Equal(["m3"], grounds.Messages.Select(message => message.Id));
    }

    [Fact]
    public async Task A_message_is_not_quoted_beside_the_conclusion_that_rests_on_it()
    {
        var (_, grounds) = await Ask("When did alice move to Rome?", [Rome], [Message("m1", "alice", "I moved to Rome.")]);
        Assert.Empty(grounds.Messages);
    }

    [Fact]
    public async Task A_question_that_memory_does_not_touch_is_refused()
    {
        var (text, grounds) = await Ask("Which instrument does alice practise?", [Rome, Bees], []);
        Assert.Equal("Memory holds nothing about that.", text);
        Assert.Empty(grounds.Conclusions);
        Assert.Empty(grounds.Messages);
    }

    [Fact]
    public async Task A_question_that_takes_one_person_for_another_is_refused()
    {
        var (text, _) = await Ask("Which sculpture did alice carve for the town hall?", [Bees],
            [Message("m4", "bob", "The sculpture for the town hall was hard to carve."), Message("m5", "alice", "The hall was cold.")]);
        Assert.Equal("Memory holds nothing about that.", text);
    }

    [Fact]
    public async Task Nothing_recalled_is_said_to_be_unknown()
    {
        var (text, _) = await Ask("What do I know about this player?", [], []);
        Assert.Equal("Nothing is known about alice yet.", text);
    }

    [Theory]
    [InlineData("What do I know about this player?")]
    [InlineData("What is this player up to?")]
    [InlineData("Tell me about alice.")]
    [InlineData("Tell me everything you know about alice.")]
    [InlineData("What's going on in this user's life right now?")]
    public async Task An_open_question_gets_an_overview(string question)
    {
        var (text, grounds) = await Ask(question, [Rome, Bees], []);
        Assert.Equal("What is known about alice:\n- alice moved to Rome in May 2023. (2023-05-08)\n- alice keeps 3 hives of bees on the roof. (2023-05-08)", text);
        Assert.Equal(2, grounds.Conclusions.Count);
    }

    [Fact]
    public async Task The_peer_card_answers_too()
    {
        var (text, _) = await Ask("What is alice's name?", [], [], card: ["alice's name is Alice Munro."]);
        Assert.Contains("Alice Munro", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Higher_levels_search_at_least_as_far()
    {
        var widths = new List<int>();
        foreach (var level in Enum.GetValues<ReasoningLevel>())
        {
            var tools = Tools([Rome], []);
            await foreach (var _ in Reasoner.AnswerAsync(Asked("Does alice live in Rome?") with { Level = level }, tools, TestContext.Current.CancellationToken)) { }
            widths.Add(tools.Calls.Sum(call => (int)call.Input["limit"]!));
        }

        Assert.Equal(widths.Order(), widths);
    }

    [Fact]
    public async Task The_text_comes_in_parts_and_the_grounds_last()
    {
        var parts = new List<AnswerPart>();
        await foreach (var part in Reasoner.AnswerAsync(Asked("When did alice move to Rome?"), Tools([Rome], []), TestContext.Current.CancellationToken)) parts.Add(part);
        Assert.True(parts.Count > 2);
        Assert.IsType<AnswerPart.Grounds>(parts[^1]);
        Assert.All(parts[..^1], part => Assert.IsType<AnswerPart.Text>(part));
    }

    [Fact]
    public async Task A_response_format_is_filled_from_the_evidence()
    {
        const string schema = """
            {
              "type": "object",
              "properties": {
                "answer": { "type": "string" },
                "facts": { "type": "array", "items": { "type": "string" } },
                "hives": { "type": "integer" },
                "keeps_bees": { "type": "boolean" },
                "place": { "enum": ["cellar", "roof"] },
                "detail": { "$ref": "#/$defs/Detail" },
                "either": { "anyOf": [{ "type": "number" }, { "type": "null" }] }
              },
              "required": ["answer", "facts", "hives", "keeps_bees", "place", "detail", "either", "extra"],
              "$defs": { "Detail": { "type": "object", "properties": { "count": { "type": ["number", "null"] } } } }
            }
            """;
        var (text, _) = await Ask("Does alice keep bees?", [Bees], [], format: schema);
        var json = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("From what alice said:\n- alice keeps 3 hives of bees on the roof. (2023-05-08)", (string)json["answer"]!);
        Assert.Equal(Bees.Content, (string)Assert.Single(json["facts"]!.AsArray())!);
        Assert.Equal(3, (int)json["hives"]!);
        Assert.True((bool)json["keeps_bees"]!);
        Assert.Equal("roof", (string)json["place"]!);
        Assert.Equal(3, (double)json["detail"]!["count"]!);
        Assert.Equal(3, (double)json["either"]!);
        Assert.True(json.ContainsKey("extra"));
    }

    [Fact]
    public async Task A_response_format_without_evidence_is_empty_and_still_conforms()
    {
        const string schema = """
            { "type": "object", "properties": { "n": { "type": "integer" }, "b": { "type": "boolean" }, "l": { "type": "array", "items": { "type": "string" } }, "s": { "type": ["string", "null"] } } }
            """;
        var (text, _) = await Ask("Does alice keep wolves?", [], [], format: schema);
        Assert.Equal("""{"n":0,"b":false,"l":[],"s":null}""", text);
    }

    [Fact]
    public async Task A_denial_answers_a_yes_or_no_question_with_false()
    {
        var (text, _) = await Ask("Does alice eat meat?", [Conclusion("c3", "alice doesn't eat meat.", "m9")], [], format: """{ "type": "object", "properties": { "b": { "type": "boolean" } } }""");
        Assert.Equal("""{"b":false}""", text);
    }

    [Fact]
    public async Task References_that_unfold_without_end_are_cut()
    {
        const string schema = """
            { "type": "object", "properties": { "a": { "$ref": "#/$defs/N" } }, "$defs": { "N": { "type": "object", "properties": { "l": { "$ref": "#/$defs/N" }, "r": { "$ref": "#/$defs/N" } } } } }
            """;
        var (text, _) = await Ask("Does alice keep bees?", [Bees], [], format: schema);
        Assert.InRange(text.Length, 2, 100_000);
    }

    private static async Task<(string Text, AnswerPart.Grounds Grounds)> Ask(
        string text, RecalledConclusion[] conclusions, RecalledMessage[] messages, string[]? card = null, string? format = null)
    {
        var question = Asked(text) with { PeerCard = card ?? [], ResponseFormat = format is null ? null : JsonDocument.Parse(format).RootElement };
        var said = new System.Text.StringBuilder();
        AnswerPart.Grounds? grounds = null;
        await foreach (var part in Reasoner.AnswerAsync(question, Tools(conclusions, messages), TestContext.Current.CancellationToken))
        {
            if (part is AnswerPart.Text piece) said.Append(piece.Content);
            else grounds = Assert.IsType<AnswerPart.Grounds>(part);
        }

        return (said.ToString(), grounds!);
    }

    private static Question Asked(string text) => new("w", "bob", "alice", text);

    private static MemoryTools Tools(RecalledConclusion[] conclusions, RecalledMessage[] messages) => new((request, _) => Task.FromResult(request switch
    {
        ToolRequest.SearchMemory search => new Found([.. conclusions.Take(search.Limit)], []),
        ToolRequest.SearchMessages search => new Found([], [.. messages.Take(search.Limit).Select(message => new[] { message })]),
        _ => Found.Nothing,
    }));

    private static RecalledConclusion Conclusion(string id, string content, string message) => new(id, content, "explicit", Said, "s", [message], 1, null);

    private static RecalledMessage Message(string id, string peer, string content) => new(id, "s", peer, content, Said, 1, null);
}
