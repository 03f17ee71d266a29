using static Kith.Client.Tests.Transport.Script;

namespace Kith.Client.Tests.Transport;

public sealed class RetryTests
{
    private const string Stored = """[{"id":"m1","content":"Hello","peer_id":"alice","session_id":"s","workspace_id":"w","metadata":{},"created_at":"2026-05-01T12:00:00Z","token_count":1}]""";

    private readonly QuickTime _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again_with_the_same_key(int status)
    {
        var script = new Script(Says(status), Breaks(), Says(201, Stored));
        var stored = await AddAsync(script);

        Assert.Equal("m1", stored[0].Id);
        Assert.Equal(3, script.Requests.Count);
        Assert.Single(script.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(script.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Each_call_has_a_key_of_its_own_and_only_posts_have_one()
    {
        var script = new Script(Says(201, Stored));
        await AddAsync(script);
        await AddAsync(script);
        Assert.Equal(2, script.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct().Count());

        var reading = new Script(Says(200, """{"id":"s","messages":[],"summary":null,"peer_representation":null,"peer_card":null}"""));
        await Client(reading).Session("s").GetContextAsync(cancellationToken: Cancelled);
        Assert.DoesNotContain("Idempotency-Key", reading.Requests[0].Headers.Keys);
    }

    [Fact]
    public async Task Delays_double_and_are_spread()
    {
        var script = new Script(Says(503));
        var client = script.Client(new() { Time = _time, Timeout = QuickTime.Never, MaxRetries = 6 });
        await Assert.ThrowsAsync<KithServerException>(() => client.Session("s").AddMessageAsync(client.Peer("alice").Message("Hello"), Cancelled));

        Assert.Equal(7, script.Requests.Count);
        double[] full = [0.5, 1, 2, 4, 8, 8];
        Assert.All(_time.Delays.Zip(full), delay => Assert.InRange(delay.First.TotalSeconds, delay.Second / 2, delay.Second));
        Assert.Equal(6, _time.Delays.Count);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Fri, 01 May 2026 12:00:30 GMT", 30)]
    public async Task The_server_says_when_to_come_back(string when, double seconds)
    {
        var script = new Script(Says(429, headers: ("Retry-After", when)), Says(201, Stored));
        await AddAsync(script);
        Assert.Equal(seconds, Assert.Single(_time.Delays).TotalSeconds, precision: 3);
    }

    [Fact]
    public async Task Who_asks_for_more_than_a_minute_is_not_waited_for()
    {
        var script = new Script(Says(429, """{"detail":"Too many requests"}""", ("Retry-After", "3600")));
        var refused = await Assert.ThrowsAsync<KithRateLimitException>(() => AddAsync(script));
        Assert.Equal((TimeSpan.FromHours(1), 1), (refused.RetryAfter, script.Requests.Count));
    }

    [Fact]
    public async Task A_request_that_is_still_worked_on_is_asked_for_again_but_no_other_conflict()
    {
        var busy = new Script(Says(409, """{"detail":"in progress"}""", ("Retry-After", "1")), Says(201, Stored));
        await AddAsync(busy);
        Assert.Equal(2, busy.Requests.Count);

        var conflict = new Script(Says(409, """{"detail":"taken"}"""));
        await Assert.ThrowsAsync<KithConflictException>(() => AddAsync(conflict));
        Assert.Single(conflict.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task What_stays_wrong_is_not_tried_again(int status)
    {
        var script = new Script(Says(status));
        await Assert.ThrowsAnyAsync<KithException>(() => AddAsync(script));
        Assert.Single(script.Requests);
    }

    [Fact]
    public async Task Retries_can_be_turned_off()
    {
        var script = new Script(Breaks());
        var client = script.Client(new() { MaxRetries = 0 });
        await Assert.ThrowsAsync<KithConnectionException>(() => client.Session("s").AddMessageAsync(client.Peer("alice").Message("Hello"), Cancelled));
        Assert.Single(script.Requests);
    }

    [Fact]
    public async Task A_deletion_that_was_done_in_the_first_attempt_is_done()
    {
        var script = new Script(Says(503), Says(404));
        await Client(script).Session("s").DeleteAsync(Cancelled);

        var missing = new Script(Says(404, """{"detail":"Session s not found in workspace w"}"""));
        await Assert.ThrowsAsync<KithNotFoundException>(() => Client(missing).Session("s").DeleteAsync(Cancelled));
    }

    [Fact]
    public async Task A_file_is_sent_whole_in_each_attempt()
    {
        var script = new Script(Says(503), Says(201, Stored));
        using var file = new MemoryStream("I love hiking."u8.ToArray());
        await Client(script).Session("s").UploadFileAsync(file, "notes.txt", "alice", new() { Metadata = new() { ["source"] = "upload" } }, Cancelled);

        Assert.All(script.Requests, request => Assert.Contains("I love hiking.", request.Body, StringComparison.Ordinal));
        Assert.Contains("""{"source":"upload"}""", script.Requests[1].Body, StringComparison.Ordinal);
        Assert.True(file.CanRead);
    }

    [Fact]
    public async Task No_answer_in_time_is_a_timeout_and_no_cancellation()
    {
        var silent = new Silence();
        var client = new KithClient(new HttpClient(silent), new KithClientOptions { BaseUrl = new("https://kith.example"), Timeout = TimeSpan.FromMilliseconds(20), MaxRetries = 1 });
        await Assert.ThrowsAsync<KithTimeoutException>(() => client.GetMetadataAsync(Cancelled));
        Assert.Equal(2, silent.Requests);
    }

    [Fact]
    public async Task Who_cancels_gets_a_cancellation()
    {
        var silent = new Silence();
        var client = new KithClient(new HttpClient(silent), new KithClientOptions { BaseUrl = new("https://kith.example") });
        using var cancellation = new CancellationTokenSource();
        var call = client.GetMetadataAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, silent.Requests);
    }

    private KithClient Client(Script script) => script.Client(new() { Time = _time, Timeout = QuickTime.Never });

    private Task<IReadOnlyList<Message>> AddAsync(Script script)
    {
        var client = Client(script);
        return client.Session("s").AddMessagesAsync([client.Peer("alice").Message("Hello")], Cancelled);
    }

    /// <summary>A server that never answers.</summary>
    private sealed class Silence : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
