namespace Kith.Http.Tests.Eliza;

/// <summary>Spec eliza-sessions §5.4.</summary>
public sealed class HistoryTests(HistoryTests.Fixture fixture) : IClassFixture<HistoryTests.Fixture>
{
    private KithHost Host => fixture.Host;

    [Fact]
    public async Task History_is_newest_first() => Assert.Equal(["9", "8", "7"], (await Host.ContentsAsync(fixture.Ten))[..3]);

    [Theory]
    [InlineData("", 50)]
    [InlineData("?limit=0", 1)]
    [InlineData("?limit=-3", 1)]
    [InlineData("?limit=3", 3)]
    [InlineData("?limit=12abc", 12)]
    [InlineData("?limit=many", 50)]
    [InlineData("?limit=", 50)]
    [InlineData("?limit=101", 100)]
    [InlineData("?limit=99999999999999999999", 100)]
    public async Task A_page_has_the_asked_number_of_messages_up_to_100(string query, int count) => Assert.Equal(count, (await Host.ContentsAsync(fixture.Many, query)).Length);

    [Fact]
    public async Task Before_is_strict_and_takes_the_newest_of_the_older() =>
        Assert.Equal(["4", "3"], await Host.ContentsAsync(fixture.Ten, $"?limit=2&before={fixture.Times[5]}"));

    [Fact]
    public async Task After_is_strict_and_takes_the_oldest_of_the_newer_newest_first() =>
        Assert.Equal(["7", "6"], await Host.ContentsAsync(fixture.Ten, $"?limit=2&after={fixture.Times[5]}"));

    [Fact]
    public async Task Between_two_times_the_newest_are_taken() =>
        Assert.Equal(["7", "6"], await Host.ContentsAsync(fixture.Ten, $"?limit=2&after={fixture.Times[2]}&before={fixture.Times[8]}"));

    [Theory]
    [InlineData("?before=yesterday", "before")]
    [InlineData("?after=NaN", "after")]
    public async Task A_bound_that_is_no_time_is_refused(string query, string name)
    {
        var reply = await Host.HistoryAsync(fixture.Ten, query);
        Assert.Equal((400, "VALIDATION_ERROR"), reply.Refusal());
        Assert.Equal($"Invalid pagination parameter '{name}': Must be a valid timestamp", reply.Json!["error"].Text("message"));
    }

    [Theory]
    [InlineData("?after=2024-01-01T00:00:00Z", 10)]
    [InlineData("?before=2024-01-01T00:00:00Z", 0)]
    [InlineData("?before=9223372036854775807", 10)]
    [InlineData("?before=99999999999999999999999", 10)]
    [InlineData("?after=-99999999999999999999999", 10)]
    [InlineData("?after=9223372036854775807", 0)]
    [InlineData("?before=&after=", 10)]
    public async Task Odd_bounds_are_times_too(string query, int count) => Assert.Equal(count, (await Host.ContentsAsync(fixture.Ten, query)).Length);

    [Fact]
    public async Task Cursors_are_the_times_of_the_ends_of_a_page_and_an_empty_page_has_none()
    {
        var page = (await Host.HistoryAsync(fixture.Ten, "?limit=4")).Json!;
        Assert.Equal((fixture.Times[6], fixture.Times[9]), (page["cursors"]!["before"]!.GetValue<long>(), page["cursors"]!["after"]!.GetValue<long>()));
        Assert.True(page["hasMore"]!.GetValue<bool>());
        var empty = (await Host.HistoryAsync(fixture.Ten, "?before=1")).Json!;
        Assert.Equal("""{"messages":[],"hasMore":false}""", empty.ToJsonString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(100)]
    public async Task The_documented_loop_returns_every_message_once(int limit)
    {
        var all = await Host.AllAsync(fixture.Ten, limit);
        Assert.Equal(["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"], all.Select(message => message.Text("content")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task The_documented_loop_returns_every_message_once_where_other_doors_stored_several_in_one_millisecond(int limit)
    {
        var all = await Host.AllAsync(fixture.Tied, limit);
        Assert.Equal(Enumerable.Range(0, 40).Reverse().Select(i => $"{i}"), all.Select(message => message.Text("content")));
        Assert.Equal(40, all.Select(message => message.Text("id")).Distinct().Count());
    }

    [Fact]
    public async Task A_page_keeps_to_its_limit_where_no_millisecond_holds_more()
    {
        Assert.Equal(["39", "38", "37", "36", "35"], await Host.ContentsAsync(fixture.Tied, "?limit=7"));
        Assert.Equal(["4", "3", "2", "1", "0"], await Host.ContentsAsync(fixture.Tied, "?limit=7&after=0"));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal KithHost Host { get; } = new();

        internal string Ten { get; private set; } = "";

        internal string Many { get; private set; } = "";

        /// <summary>Forty messages, five in each millisecond.</summary>
        internal string Tied { get; private set; } = "";

        internal long[] Times { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Ten = await Host.OpenedAsync();
            for (var i = 0; i < 10; i++)
                await Host.SayAsync(Ten, $"{i}");
            Times = [.. (await Host.HistoryAsync(Ten)).Json!["messages"]!.AsArray().Select(message => ElizaApi.Milliseconds(message!)).Reverse()];

            Many = await Host.OpenedAsync();
            Tied = await Host.OpenedAsync();
            for (var part = 0; part < 2; part++)
                await TellAsync(Many, Enumerable.Range(0, 60).Select(i => ($"{i}", DateTimeOffset.UtcNow.AddSeconds((60 * part) + i - 200))));
            var start = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
            await TellAsync(Tied, Enumerable.Range(0, 40).Select(i => ($"{i}", start.AddMilliseconds(i / 5).AddMicroseconds(i))));
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        private async Task TellAsync(string session, IEnumerable<(string Content, DateTimeOffset At)> messages)
        {
            var reply = await Host.SendAsync(
                "POST",
                $"/v3/workspaces/eliza/sessions/{session}/messages",
                new { messages = messages.Select(message => new { content = message.Content, peer_id = "somebody", created_at = message.At.ToString("O") }) });
            Assert.Equal(201, reply.Code);
        }
    }
}
