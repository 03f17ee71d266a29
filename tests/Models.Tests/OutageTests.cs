using Kith.Azure.Models;
using Kith.Core;
using Kith.Core.Reasoning;
using Microsoft.AspNetCore.Http;

namespace Kith.Models.Tests;

public sealed class OutageTests
{
    private const string Empty = """{"statements":[]}""";

    private static readonly DeriveRequest _request = Some.Derive(Some.Turn("m1", "alice", $"I like {Some.Secret}."));

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_storm_shorter_than_the_policy_is_survived(int status)
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Status(status), Replies.Status(status), Replies.Json(Empty));

        Assert.Empty(await server.Reasoner().DeriveAsync(_request, Some.Cancellation));

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_storm_longer_than_the_policy_is_unavailable(int status)
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Status(status));

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Reasoner().DeriveAsync(_request, Some.Cancellation));

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Waits_double_where_the_server_names_none()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Status(429));

        await Some.FailsAsync(
            ErrorCode.Unavailable,
            () => server.Reasoner(options => options with { RetryDelay = TimeSpan.FromMilliseconds(150) }).DeriveAsync(_request, Some.Cancellation));

        Assert.True(server.Requests[1].At - server.Requests[0].At >= TimeSpan.FromMilliseconds(145));
        Assert.True(server.Requests[2].At - server.Requests[1].At >= TimeSpan.FromMilliseconds(290));
    }

    [Theory]
    [InlineData("Retry-After", "1", 990)]
    [InlineData("retry-after-ms", "400", 390)]
    [InlineData("x-ms-retry-after-ms", "400", 390)]
    public async Task The_wait_that_the_server_asks_for_is_kept(string header, string value, int milliseconds)
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Status(429, "", (header, value)), Replies.Json(Empty));

        await server.Reasoner().DeriveAsync(_request, Some.Cancellation);

        Assert.True(server.Requests[1].At - server.Requests[0].At >= TimeSpan.FromMilliseconds(milliseconds));
    }

    [Fact]
    public async Task A_wait_beyond_the_deadline_is_unavailable_at_the_deadline()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Status(429, "", ("Retry-After", "3600")));
        await using var time = new FastTime();
        var begun = time.GetUtcNow();

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Reasoner(time: time).DeriveAsync(_request, Some.Cancellation));

        Assert.InRange(time.GetUtcNow() - begun, new ModelDeadlines().Derive, TimeSpan.FromHours(1));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_tried_again()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Cut(), Replies.Json(Empty));

        Assert.Empty(await server.Reasoner().DeriveAsync(_request, Some.Cancellation));
    }

    [Fact]
    public async Task A_connection_that_is_cut_every_time_is_unavailable()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Cut());

        await Some.FailsAsync(ErrorCode.Unavailable, () => server.Reasoner().DeriveAsync(_request, Some.Cancellation));
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_unavailable()
    {
        var server = await ModelServer.StartAsync();
        var reasoner = server.Reasoner();
        await server.DisposeAsync();

        await Some.FailsAsync(ErrorCode.Unavailable, () => reasoner.DeriveAsync(_request, Some.Cancellation));
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_tried_again()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Silence()).Otherwise(Replies.Json(Empty));

        // On a busy machine an attempt that would be answered may take too long as well.
        Assert.Empty(await server.Reasoner(options => options with { AttemptTimeout = TimeSpan.FromSeconds(1), Retries = 20 }).DeriveAsync(_request, Some.Cancellation));

        Assert.InRange(server.Requests.Count, 2, 21);
    }

    [Fact]
    public async Task Silence_until_the_deadline_is_unavailable()
    {
        await using var server = await ModelServer.StartAsync();
        var time = new ManualTime();
        server.Otherwise(Replies.After(() => time.Advance(new ModelDeadlines().Derive), Replies.Silence()));

        var fault = await Some.FailsAsync(ErrorCode.Unavailable, () => server.Reasoner(time: time).DeriveAsync(_request, Some.Cancellation));

        Assert.Contains("in time", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_of_an_outage()
    {
        await using var server = await ModelServer.StartAsync();
        using var caller = new CancellationTokenSource();
        server.Otherwise(Replies.After(caller.Cancel, Replies.Silence()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Reasoner().DeriveAsync(_request, caller.Token));
    }

    public static TheoryData<string> Unreadable { get; } = new(Replies.Unreadable.Keys);

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_is_no_completion_is_asked_for_once_more(string kind)
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Unreadable[kind], Replies.Json(Empty));

        Assert.Empty(await server.Reasoner().DeriveAsync(_request, Some.Cancellation));

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_is_no_completion_also_when_asked_again_is_invalid(string kind)
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Unreadable[kind]);

        var fault = await Some.FailsAsync(ErrorCode.Invalid, () => server.Reasoner().DeriveAsync(_request, Some.Cancellation));

        Assert.Contains("cannot be read", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(401, "credentials")]
    [InlineData(403, "credentials")]
    [InlineData(404, "no model thinker")]
    public async Task A_wrong_setting_is_unavailable_at_once_and_named(int status, string says)
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Status(status));

        var fault = await Some.FailsAsync(ErrorCode.Unavailable, () => server.Reasoner().DeriveAsync(_request, Some.Cancellation));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_allowed()
    {
        await using var server = await ModelServer.StartAsync();
        var two = new TaskCompletionSource();
        var running = 0;
        server.Otherwise(MeetAsync);
        var reasoner = server.Reasoner(options => options with { MaxConcurrency = 2 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => reasoner.DeriveAsync(_request, Some.Cancellation)));

        Assert.Equal(2, server.MostAtOnce);

        // No call is answered before there are two, and a third would have time to come.
        async Task MeetAsync(HttpContext context, System.Text.Json.Nodes.JsonObject body)
        {
            if (Interlocked.Increment(ref running) == 2)
                two.SetResult();
            await two.Task;
            await Task.Delay(20);
            await Replies.Json(Empty)(context, body);
        }
    }
}
