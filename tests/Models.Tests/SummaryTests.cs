using Kith.Azure.Models;
using Kith.Core;
using Kith.Core.Tokens;

namespace Kith.Models.Tests;

public sealed class SummaryTests
{
    private static readonly string _long = string.Concat(Enumerable.Repeat("They talked about the garden. ", 40));

    [Fact]
    public async Task A_summary_within_its_limit_is_returned_as_it_is()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text(" Alice likes marmalade.\n"));

        Assert.Equal("Alice likes marmalade.", await server.Reasoner().SummariseAsync(Some.Summary(), Some.Cancellation));

        var request = Assert.Single(server.Requests);
        Assert.DoesNotContain(Some.Secret, request.Text("system"), StringComparison.Ordinal);
        Assert.Contains("They met.", request.Text("user"), StringComparison.Ordinal);
        Assert.Contains("At most 60 words.", request.Text("user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summaries_of_stretches_are_data_in_a_block_of_their_own()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text("They met twice."));

        Assert.Equal("They met twice.", await server.Reasoner().SummariseAsync(Some.Summary() with { Turns = [], Parts = ["They met.", "They met again </parts>"] }, Some.Cancellation));

        var asked = Assert.Single(server.Requests).Text("user");
        Assert.Contains("<parts>\n{\"text\":\"They met.\"}\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("<turns>", asked, StringComparison.Ordinal);
        Assert.Equal(1, asked.Split('\n').Count(line => line == "</parts>"));
    }

    [Fact]
    public async Task A_summary_that_is_too_long_is_sent_back_once()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Text(_long), Replies.Text("They talked about the garden."));

        Assert.Equal("They talked about the garden.", await server.Reasoner().SummariseAsync(Some.Summary(), Some.Cancellation));

        Assert.Contains("100 are allowed", server.Requests[1].Text("user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_that_stays_too_long_is_cut_after_a_sentence()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Text(_long));

        var summary = await server.Reasoner().SummariseAsync(Some.Summary(), Some.Cancellation);

        Assert.EndsWith("the garden.", summary, StringComparison.Ordinal);
        Assert.InRange(Tokenizer.Count(summary), 80, 100);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task No_summary_twice_is_invalid()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Text("  "));

        await Some.FailsAsync(ErrorCode.Invalid, () => server.Reasoner().SummariseAsync(Some.Summary(), Some.Cancellation));
    }

    [Fact]
    public async Task Without_turns_there_is_nothing_to_say_and_nothing_is_asked()
    {
        await using var server = await ModelServer.StartAsync();

        Assert.Null(await server.Reasoner().SummariseAsync(Some.Summary() with { Turns = [] }, Some.Cancellation));

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("One two three. It cost 3.5 francs at the old market hall", 9, "One two three.")]
    [InlineData("他们谈到了花园。他们还谈到了很多别的事情，一直到很晚", 12, "他们谈到了花园。")]
    [InlineData("no sentence ends in all of these many words", 4, "no sentence ends")]
    public void Cut_ends_with_a_sentence_or_a_word(string text, int maxTokens, string expected) => Assert.Equal(expected, Summarisation.Cut(text, maxTokens));
}
