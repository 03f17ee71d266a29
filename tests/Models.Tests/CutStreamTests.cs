namespace Kith.Models.Tests;

/// <summary>Chat over HTTP when the model's stream is cut.</summary>
public sealed class CutStreamTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_before_anything_was_shown_is_not_noticed(bool stream)
    {
        await using var server = await ModelServer.StartAsync();
        await using var host = await RememberingAsync(server);
        server.Say(Replies.CutAfter("Ro"));

        using var answer = await host.AskAsync("/v3/workspaces/demo/peers/alice/chat", new { query = "Where do I live?", stream });

        Assert.Contains("So it is", await answer.Content.ReadAsStringAsync(Some.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_later_is_an_outage_where_the_whole_answer_was_asked_for()
    {
        await using var server = await ModelServer.StartAsync();
        await using var host = await RememberingAsync(server);
        server.Say(Replies.CutAfter(new string('a', 300)));

        using var answer = await host.AskAsync("/v3/workspaces/demo/peers/alice/chat", new { query = "Where do I live?" });

        Assert.Equal(503, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_cut_later_cuts_the_stream_before_its_last_event()
    {
        await using var server = await ModelServer.StartAsync();
        await using var host = await RememberingAsync(server);
        var read = new TaskCompletionSource();
        server.Say(Replies.CutAfter(new string('a', 300), read.Task));
        using var answer = await host.AskAsync("/v3/workspaces/demo/peers/alice/chat", new { query = "Where do I live?", stream = true });
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Some.Cancellation));

        var first = await reader.ReadLineAsync(Some.Cancellation);
        read.SetResult();
        var cut = await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync(Some.Cancellation));

        Assert.Contains(new string('a', 300), first, StringComparison.Ordinal);
        Assert.True(cut is IOException or HttpRequestException or OperationCanceledException, cut.ToString());
    }

    private static async Task<KithHost> RememberingAsync(ModelServer server)
    {
        server.Otherwise(Thinking.AnswerAsync);
        var host = new KithHost(server);
        await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/sessions/s/messages", new { messages = new[] { new { content = "I live in Rome.", peer_id = "alice" } } });
        await host.SettleAsync("demo");
        // From here on every chat completion is an answer; embeddings must not take what the test scripts for it.
        server.SayOnlyTo(body => body["stream"] is not null);
        return host;
    }
}
