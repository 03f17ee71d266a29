using static Kith.Client.Tests.Transport.Script;

namespace Kith.Client.Tests.Transport;

public sealed class RetryTests
{
    private const string Stored = """[{"id":"m1","content":"Hello","peer_id":"alice","session_id":"s","workspace_id":"w","metadata":{},"created_at":"2026-05-01T12:00:00Z","token_count":1}]""";

    private const string State = """{"workflowName":"chat","data":{"a":1},"schemaVersion":"1.0"}""";

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
        // Not before, and not all at that moment.
        Assert.InRange(Assert.Single(_time.Delays).TotalSeconds, seconds, seconds + Math.Min(1, seconds / 10));
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
    public async Task A_deletion_that_was_not_even_begun_is_not_done()
    {
        var limited = new Script(Says(429), Says(404));
        await Assert.ThrowsAsync<KithNotFoundException>(() => Client(limited).Session("s").DeleteAsync(Cancelled));

        // What is asked for here is to change the session: it is missing, whoever asked first.
        var missing = new Script(Says(503), Says(404, """{"detail":"Session s not found"}"""));
        var failure = await Assert.ThrowsAsync<KithNotFoundException>(() => Client(missing).Session("s").RemovePeersAsync(["alice"], Cancelled));
        Assert.Equal("Session s not found", failure.Message);
        await Assert.ThrowsAsync<KithNotFoundException>(() => Client(new Script(Says(503), Says(404))).Threads.States.ClearAsync(Cancelled));
    }

    [Fact]
    public async Task What_is_not_the_same_when_done_twice_has_a_key()
    {
        var correction = new Script(Says(503), Says(200, """{"id":"c2","content":"Lives in Potsdam","observerId":"alice","observedId":"alice","level":"explicit"}"""));
        await Client(correction).Conclusions.CorrectAsync("c1", "Lives in Potsdam", Cancelled);
        var write = new Script(Says(503), Says(200, State, ("ETag", "\"2\"")));
        await Client(write).Threads.SetStateAsync("t", [], etag: "\"1\"", cancellationToken: Cancelled);

        Assert.All([correction, write], script => Assert.Single(script.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct()));
        Assert.Equal("\"1\"", write.Requests[1].Headers["If-Match"]);
    }

    [Fact]
    public async Task A_change_of_a_state_happens_once_although_its_acknowledgement_was_lost()
    {
        var script = new Script(Says(200, State, ("ETag", "\"1\"")), Breaks(), Says(200, State, ("ETag", "\"2\"")));
        var changes = 0;
        await Client(script).Threads.UpdateStateAsync("t", state => Counted(state!, ref changes), Threads.StateJson.Default.JsonObject, Cancelled);
        Assert.Equal((1, 3), (changes, script.Requests.Count));
        Assert.Equal(script.Requests[1].Headers["Idempotency-Key"], script.Requests[2].Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task Who_is_overtaken_again_and_again_gives_up()
    {
        Func<HttpRequestMessage, HttpResponseMessage> overtakes = request => request.Method == HttpMethod.Get ? Says(200, State, ("ETag", "\"1\""))(request) : Says(412)(request);
        var changes = 0;
        await Assert.ThrowsAsync<KithStaleException>(() =>
            Client(new Script(overtakes)).Threads.UpdateStateAsync("t", state => Counted(state!, ref changes), Threads.StateJson.Default.JsonObject, Cancelled));
        Assert.Equal(21, changes);
        Assert.NotEmpty(_time.Delays);
    }

    [Fact]
    public async Task What_cannot_be_read_again_is_sent_once_and_its_failure_is_the_servers()
    {
        var script = new Script(Says(503, """{"detail":"Starting"}"""));
        using var pipe = new OneWay("{}"u8.ToArray());
        var failure = await Assert.ThrowsAsync<KithServerException>(() => Client(script).Transfers.ImportAsync(pipe, cancellationToken: Cancelled));
        Assert.Equal(("Starting", 1), (failure.Message, script.Requests.Count));
    }

    [Fact]
    public async Task A_GET_with_an_effect_is_sent_once()
    {
        var script = new Script(Says(503));
        await Assert.ThrowsAsync<KithServerException>(() => Client(script).Webhooks.TestAsync(Cancelled));
        Assert.Single(script.Requests);
    }

    [Fact]
    public async Task An_agent_that_failed_is_not_asked_twice()
    {
        var script = new Script(Says(502, """{"error":{"code":"AGENT_FAILED","message":"The agent did not answer"}}"""));
        await Assert.ThrowsAsync<KithServerException>(() => Client(script).AgentSessions.Session("s").SendMessageAsync("Hello", waitForReply: true, cancellationToken: Cancelled));
        Assert.Single(script.Requests);

        var starting = new Script(Says(503), Says(201, """{"id":"m","content":"Hello"}"""));
        Assert.Equal("m", (await Client(starting).AgentSessions.Session("s").SendMessageAsync("Hello", cancellationToken: Cancelled)).Id);
    }

    [Fact]
    public async Task Who_waits_for_ever_does()
    {
        var script = new Script(Says(200, """{"total_work_units":1,"completed_work_units":0,"in_progress_work_units":0,"pending_work_units":1}"""), Says(200, """{"total_work_units":1,"completed_work_units":1,"in_progress_work_units":0,"pending_work_units":0}"""));
        await Client(script).WaitUntilIdleAsync(timeout: Timeout.InfiniteTimeSpan, cancellationToken: Cancelled);
        Assert.Equal(2, script.Requests.Count);
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

    [Fact]
    public async Task The_connections_own_timeout_says_so()
    {
        using var http = new HttpClient(new Silence()) { Timeout = TimeSpan.FromMilliseconds(20) };
        var client = new KithClient(http, new KithClientOptions { BaseUrl = new("https://kith.example"), MaxRetries = 0 });
        var late = await Assert.ThrowsAsync<KithTimeoutException>(() => client.GetMetadataAsync(Cancelled));
        Assert.EndsWith("within 0.02 seconds.", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_stream_has_a_deadline_too()
    {
        using var endless = new OneWay([]) { IsEndless = true };
        var client = new KithClient(
            new HttpClient(new Script(_ => new HttpResponseMessage(System.Net.HttpStatusCode.InternalServerError) { Content = new StreamContent(endless) })) { Timeout = Timeout.InfiniteTimeSpan },
            new KithClientOptions { BaseUrl = new("https://kith.example"), MaxRetries = 0, Timeout = TimeSpan.FromMilliseconds(50) });
        await Assert.ThrowsAsync<KithTimeoutException>(() => client.Peer("alice").ChatStreamingAsync("Where?", cancellationToken: Cancelled).FirstAsync(Cancelled).AsTask());
    }

    private static System.Text.Json.Nodes.JsonObject Counted(System.Text.Json.Nodes.JsonObject state, ref int changes)
    {
        changes++;
        return state;
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
