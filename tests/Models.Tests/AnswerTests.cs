using System.Text.Json;
using Kith.Azure.Models;
using Kith.Core;
using Kith.Core.Reasoning;

namespace Kith.Models.Tests;

public sealed class AnswerTests
{
    private static readonly RecalledConclusion _rome = Some.Conclusion("id-rome", $"alice lives in Rome, {Some.Secret}.");
    private static readonly RecalledConclusion _cat = Some.Conclusion("id-cat", "alice has a cat.", "deductive");
    private static readonly RecalledMessage _said = Some.Message("id-said", "I moved to Rome.");

    private static readonly JsonElement _format = JsonElement.Parse("""
        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}
        """);

    private static readonly ModelDeadlines _deadlines = new();

    private static MemoryTools Memory => Some.Memory([_rome, _cat], _said);

    [Fact]
    public async Task An_answer_is_one_generation_without_source_marks_and_rests_on_what_it_cites()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("Alice lives in Rome [[c1, m1]]. That is all [[c9]]."));

        var (text, grounds) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Equal("Alice lives in Rome. That is all.", text);
        Assert.Equal([_rome], grounds.Conclusions);
        Assert.Equal([_said], grounds.Messages);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_memory_holds_is_in_no_system_message()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Search("rome"), Replies.Text("Rome."));
        var question = Some.Question($"Does alice like {Some.Secret}?") with { PeerCard = [Some.Secret], History = [Some.Turn("h1", "bob", Some.Secret)] };

        await server.Reasoner().AnswerAsync(question, Memory, Some.Cancellation).ReadAsync();

        Assert.All(server.Requests, request => Assert.DoesNotContain(Some.Secret, request.Text("system"), StringComparison.Ordinal));
        Assert.Contains(Some.Secret, server.Requests[0].Text("user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_arrives_while_it_is_made()
    {
        await using var server = await ModelServer.StartAsync();
        var seen = new SemaphoreSlim(0);
        // The second piece is made only after the first has been read.
        server.Say(Replies.Pieces(piece => piece == 0 ? Task.CompletedTask : seen.WaitAsync(), new string('a', 200), " and more"));

        var texts = new List<string>();
        await foreach (var part in server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation))
        {
            if (part is not AnswerPart.Text text)
                continue;
            texts.Add(text.Content);
            seen.Release();
        }

        Assert.Equal([new string('a', 200), " and more"], texts);
    }

    [Fact]
    public async Task An_empty_memory_costs_no_call()
    {
        await using var server = await ModelServer.StartAsync();

        var (text, grounds) = await server.Reasoner().AnswerAsync(Some.Question(), Some.Memory([]), Some.Cancellation).ReadAsync();

        Assert.Equal("Nothing is known about alice yet.", text);
        Assert.Empty(grounds.Conclusions);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_empty_memory_answers_in_the_format_asked_for()
    {
        await using var server = await ModelServer.StartAsync();

        var (text, _) = await server.Reasoner().AnswerAsync(Some.Question() with { ResponseFormat = _format }, Some.Memory([]), Some.Cancellation).ReadAsync();

        Assert.True(JsonElement.Parse(text).TryGetProperty("city", out _));
    }

    [Fact]
    public async Task A_peer_card_alone_is_worth_a_call()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("Rome."));

        await server.Reasoner().AnswerAsync(Some.Question() with { PeerCard = ["Lives in Rome"] }, Some.Memory([]), Some.Cancellation).ReadAsync();

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_abstention_rests_on_nothing()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("That is not known. [[none]]"));

        var (text, grounds) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Equal("That is not known.", text);
        Assert.Empty(grounds.Conclusions);
        Assert.Empty(grounds.Messages);
    }

    [Fact]
    public async Task An_answer_that_cites_nothing_rests_on_what_was_shown()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("Rome."));

        var (_, grounds) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Equal([_rome, _cat], grounds.Conclusions);
        Assert.Equal([_said], grounds.Messages);
    }

    [Fact]
    public async Task Searches_of_one_turn_run_at_the_same_time()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Tools("", ("search_memory", """{"query":"one","limit":5}"""), ("search_messages", """{"query":"two","limit":null}""")), Replies.Text("Rome [[c3]] and Oslo [[m2]]."));
        var barrier = new TaskCompletionSource();
        var waiting = 0;
        var oslo = Some.Message("id-oslo", "Oslo was cold.");
        var dog = Some.Conclusion("id-dog", "alice has a dog.");
        var tools = new MemoryTools(async (request, _) =>
        {
            switch (request)
            {
                case ToolRequest.SearchMemory { Query: "one" } one:
                    Assert.Equal(5, one.Limit);
                    await MeetAsync();
                    return new Found([dog], []);
                case ToolRequest.SearchMessages { Query: "two" } two:
                    Assert.Equal((10, 2), (two.Limit, two.Around));
                    await MeetAsync();
                    return new Found([], [[oslo]]);
                default:
                    return new Found([_rome, _cat], [[_said]]);
            }
        });

        var (_, grounds) = await server.Reasoner().AnswerAsync(Some.Question(), tools, Some.Cancellation).ReadAsync();

        Assert.Equal([dog], grounds.Conclusions);
        Assert.Equal([oslo], grounds.Messages);
        var results = server.Requests[1].Messages("tool");
        Assert.Equal(["call-0", "call-1"], results.Select(result => (string?)result["tool_call_id"]));
        Assert.Equal(4, tools.Calls.Count);

        // Each search ends only when the other has begun.
        async Task MeetAsync()
        {
            if (Interlocked.Increment(ref waiting) == 2)
                barrier.SetResult();
            await barrier.Task.WaitAsync(Some.Cancellation);
        }
    }

    [Fact]
    public async Task Where_nothing_is_concluded_a_search_of_memory_brings_messages()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Search("rome"), Replies.Text("Rome [[m1]]."));

        var (_, grounds) = await server.Reasoner().AnswerAsync(Some.Question(), Some.Memory([], _said), Some.Cancellation).ReadAsync();

        Assert.Equal([_said], grounds.Messages);
        Assert.Contains("I moved to Rome.", server.Requests[1].Text("tool"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search_memory", "{", "have to be a JSON object")]
    [InlineData("search_memory", """{"limit":3}""", "have to be a JSON object")]
    [InlineData("drop_tables", """{"query":"x","limit":1}""", "no tool")]
    public async Task A_search_that_cannot_be_run_is_said_to_the_model(string tool, string arguments, string says)
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Tools("", (tool, arguments)), Replies.Text("Rome."));

        await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Contains(says, server.Requests[1].Text("tool"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remark_before_a_search_is_no_part_of_the_answer()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Tools("Let me look that up.", ("search_memory", """{"query":"rome","limit":1}""")), Replies.Text("Rome."));

        var (text, _) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Equal("Rome.", text);
    }

    [Fact]
    public async Task Each_level_searches_at_least_as_far_as_the_one_before()
    {
        var calls = new List<int>();
        foreach (var level in Enum.GetValues<ReasoningLevel>())
        {
            await using var server = await ModelServer.StartAsync();
            server.Otherwise((context, body) => (body["tools"] is null ? Replies.Text("Rome.") : Replies.Search("more"))(context, body));

            await server.Reasoner().AnswerAsync(Some.Question() with { Level = level }, Memory, Some.Cancellation).ReadAsync();
            calls.Add(server.Requests.Count);
        }

        Assert.Equal([2, 4, 5, 7, 11], calls);
    }

    [Fact]
    public async Task A_blank_reply_is_asked_for_once_more_without_tools()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text(""), Replies.Text("Rome."));

        var (text, _) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Equal("Rome.", text);
        Assert.Null(server.Requests[1].Body["tools"]);
    }

    [Fact]
    public async Task A_model_that_says_nothing_leaves_quotes_of_what_was_found()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Text(""));

        var (text, grounds) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Contains("lives in Rome", text, StringComparison.Ordinal);
        Assert.Contains(_rome, grounds.Conclusions);
    }

    [Fact]
    public async Task Text_that_was_made_by_the_deadline_is_the_answer()
    {
        await using var server = await ModelServer.StartAsync();
        var time = new ManualTime();
        var begun = string.Concat(Enumerable.Repeat("Rome is where alice lives. ", 10)).TrimEnd();
        server.Say(Replies.Pieces(piece => piece == 0 ? Task.CompletedTask : Task.Delay(Timeout.Infinite), begun, "never"));

        var (text, grounds) = await server.Reasoner(time: time).AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync(() => time.Advance(_deadlines.Low));

        Assert.Equal($"{begun} …", text);
        Assert.NotEmpty(grounds.Conclusions);
    }

    [Fact]
    public async Task Without_text_by_the_deadline_what_was_found_is_quoted()
    {
        await using var server = await ModelServer.StartAsync();
        var time = new ManualTime();
        server.Otherwise(Replies.After(() => time.Advance(_deadlines.Low), Replies.Silence()));

        var (text, grounds) = await server.Reasoner(time: time).AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Contains("lives in Rome", text, StringComparison.Ordinal);
        Assert.Contains(_rome, grounds.Conclusions);
    }

    [Fact]
    public async Task A_deadline_that_passes_in_a_repetition_is_no_outage()
    {
        await using var server = await ModelServer.StartAsync();
        var time = new ManualTime();
        server.Say(Replies.Cut()).Otherwise(Replies.After(() => time.Advance(_deadlines.Low), Replies.Silence()));

        var (text, _) = await server.Reasoner(options => options with { RetryDelay = TimeSpan.Zero }, time: time)
            .AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Contains("lives in Rome", text, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Past_half_of_its_time_an_answer_stops_searching()
    {
        await using var server = await ModelServer.StartAsync();
        var time = new ManualTime();
        server.Say(Replies.After(() => time.Advance(_deadlines.Low * 0.6), Replies.Search("more")), Replies.Text("Rome."));

        await server.Reasoner(time: time).AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Null(server.Requests[1].Body["tools"]);
    }

    [Fact]
    public async Task A_stream_cut_before_anything_was_shown_is_begun_again()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.CutAfter("Ro"), Replies.Text("Rome."));

        var (text, _) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Equal("Rome.", text);
    }

    [Fact]
    public async Task A_stream_that_ends_without_a_reason_counts_as_cut()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.EndAfter("Ro"), Replies.Text("Rome."));

        var (text, _) = await server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync();

        Assert.Equal("Rome.", text);
    }

    [Fact]
    public async Task A_stream_cut_after_something_was_shown_is_unavailable()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.CutAfter(new string('a', 300)));

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync());

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_storm_longer_than_the_policy_is_unavailable()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Status(429));

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync());

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Searches_end_when_they_have_brought_as_much_as_a_model_can_read()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise((context, body) => (body["tools"] is null ? Replies.Text("Rome.") : Replies.Search("1", "2", "3", "4", "5", "6", "7"))(context, body));
        var many = Enumerable.Range(0, 40).Select(i => Some.Conclusion($"id-{i}", new string('a', 900))).ToArray();

        await server.Reasoner().AnswerAsync(Some.Question() with { Level = ReasoningLevel.Max }, Some.Memory(many), Some.Cancellation).ReadAsync();

        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests[^1].Messages("tool"), result => Assert.InRange(((string)result["content"]!).Length, 8_000, 10_100));
    }

    [Fact]
    public async Task A_refusal_is_invalid()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Refusal());

        await Some.FailsAsync(ErrorCode.Invalid, () => server.Reasoner().AnswerAsync(Some.Question(), Memory, Some.Cancellation).ReadAsync());
    }

    [Fact]
    public async Task A_reader_who_leaves_ends_the_call()
    {
        await using var server = await ModelServer.StartAsync();
        var left = new TaskCompletionSource();
        var begun = Replies.Pieces(piece => piece == 0 ? Task.CompletedTask : Task.Delay(Timeout.Infinite), new string('a', 300), "never");
        server.Say((context, body) =>
        {
            context.RequestAborted.Register(left.SetResult);
            return begun(context, body);
        });

        // No deadline passes on this clock.
        await foreach (var part in server.Reasoner(time: new ManualTime()).AnswerAsync(Some.Question(), Memory, Some.Cancellation))
        {
            Assert.IsType<AnswerPart.Text>(part);
            break;
        }

        await left.Task.WaitAsync(Some.Cancellation);
    }

    [Fact]
    public async Task A_response_format_is_passed_on_and_the_answer_is_its_JSON()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("""{"city":"Rome"}"""));

        var (text, _) = await server.Reasoner().AnswerAsync(Some.Question() with { ResponseFormat = _format }, Memory, Some.Cancellation).ReadAsync();

        Assert.Equal("""{"city":"Rome"}""", text);
        var sent = server.Requests[0].Body["response_format"]!["json_schema"]!;
        Assert.True((bool?)sent["strict"]);
        Assert.Equal("string", (string?)sent["schema"]!["properties"]!["city"]!["type"]);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_JSON_asked_for_is_sent_back_once_and_then_quoted()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Text("Rome, I think"));

        var (text, _) = await server.Reasoner().AnswerAsync(Some.Question() with { ResponseFormat = _format }, Memory, Some.Cancellation).ReadAsync();

        Assert.Contains("Rome", (string?)JsonElement.Parse(text).GetProperty("city").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }
}
