using static Kith.Client.Tests.Transport.Script;

namespace Kith.Client.Tests.Transport;

/// <summary>What goes over the wire, where it matters to servers that are not ours.</summary>
public sealed class RequestTests
{
    private const string Workspace = """{"id":"w","metadata":{"a":1},"configuration":{},"created_at":"2026-05-01T12:00:00Z"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_headers_and_query_go_with_every_request()
    {
        var script = new Script(Says(200, Workspace));
        var client = script.Client(new() { ApiKey = "secret", DefaultHeaders = new Dictionary<string, string> { ["X-Custom-Header"] = "value" }, DefaultQuery = new Dictionary<string, string> { ["param"] = "a value" } });
        await client.GetMetadataAsync(Cancelled);

        var request = Assert.Single(script.Requests);
        Assert.Equal(("POST", "/v3/workspaces?param=a%20value", """{"id":"w"}"""), (request.Method, request.Path, request.Body));
        Assert.Equal(("Bearer secret", "value"), (request.Headers["Authorization"], request.Headers["X-Custom-Header"]));
        Assert.StartsWith("kith-dotnet/", request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_in_the_address_is_kept()
    {
        var script = new Script(Says(200, Workspace));
        await script.Client(new() { BaseUrl = new Uri("https://gateway.example/memory") }).GetMetadataAsync(Cancelled);
        Assert.Equal("/memory/v3/workspaces", script.Requests[0].Path);
    }

    [Fact]
    public async Task Only_what_is_given_is_sent()
    {
        var script = new Script(Says(200, """{"content":"Rome"}"""));
        var alice = script.Client().Peer("alice");
        await alice.ChatAsync("Where?", cancellationToken: Cancelled);
        await alice.ChatAsync("Where?", new() { Target = "bob", Session = "s", ReasoningLevel = ReasoningLevel.High, Scopes = ["work"] }, Cancelled);
        await alice.ChatAsync("Where?", new() { Sessions = ["s1", "s2"], Scopes = ["work", "home"] }, Cancelled);

        Assert.Equal(
            [
                """{"query":"Where?","stream":false}""",
                """{"query":"Where?","stream":false,"target":"bob","session_id":"s","scope":"work","reasoning_level":"high"}""",
                """{"query":"Where?","stream":false,"filters":{"session_id":["s1","s2"]},"scope":["work","home"]}""",
            ],
            script.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Times_are_sent_in_UTC_and_read_with_or_without_an_offset()
    {
        var script = new Script(Says(201, """[{"id":"m","content":"x","peer_id":"alice","created_at":"2024-01-15T10:30:00"},{"id":"n","content":"x","peer_id":"alice","created_at":"2024-01-15T12:30:00+02:00"}]"""));
        var client = script.Client();
        var stored = await client.Session("s").AddMessagesAsync([client.Peer("alice").Message("x", createdAt: new(2024, 1, 15, 12, 30, 0, TimeSpan.FromHours(2)))], Cancelled);

        Assert.Equal("""{"messages":[{"content":"x","peer_id":"alice","created_at":"2024-01-15T10:30:00Z"}]}""", script.Requests[0].Body);
        Assert.All(stored, message => Assert.Equal(new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero), message.CreatedAt));
    }

    [Fact]
    public async Task A_context_asks_for_what_differs_from_the_default()
    {
        var script = new Script(Says(200, """{"id":"s","messages":[]}"""));
        var session = script.Client().Session("s");
        await session.GetContextAsync(cancellationToken: Cancelled);
        await session.GetContextAsync(
            new() { Summary = false, Tokens = 2000, PeerTarget = "user", PeerPerspective = "assistant", SearchQuery = "What are my preferences?", LimitToSession = true, SearchTopK = 10, SearchMaxDistance = 0.8, IncludeMostFrequent = true, MaxConclusions = 25 },
            Cancelled);

        Assert.Equal("/v3/workspaces/w/sessions/s/context", script.Requests[0].Path);
        Assert.Equal(
            "/v3/workspaces/w/sessions/s/context?tokens=2000&summary=false&peer_target=user&peer_perspective=assistant&limit_to_session=true&search_query=What%20are%20my%20preferences%3F&search_top_k=10&search_max_distance=0.8&include_most_frequent=true&max_conclusions=25",
            script.Requests[1].Path);
    }

    [Fact]
    public async Task A_stream_that_ends_early_is_no_answer()
    {
        var script = new Script(Says(200, "data: {\"delta\": {\"content\": \"Rome\"}, \"done\": false}\n\n"));
        var parts = new List<string>();
        await Assert.ThrowsAsync<KithConnectionException>(async () =>
        {
            await foreach (var part in script.Client().Peer("alice").ChatStreamingAsync("Where?", cancellationToken: Cancelled))
                parts.Add(part.Content);
        });
        Assert.Equal(["Rome"], parts);
    }

    [Fact]
    public async Task Metadata_that_servers_invent_later_and_fields_that_they_lack_do_no_harm()
    {
        var script = new Script(Says(200, """{"items":[{"id":"c","content":"x","observer_id":"a","observed_id":"b","session_id":null,"level":"explicit","created_at":"2026-05-01T12:00:00Z","new_field":[1]}],"total":1,"page":1,"size":50,"pages":1}"""));
        var found = Assert.Single(await script.Client().Conclusions.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.Null(found.TimesDerived);
        Assert.Null(script.Requests[0].Body);
    }

    [Fact]
    public async Task What_is_missing_is_created_and_asked_again_and_only_then()
    {
        var script = new Script(
            Says(404, """{"detail":"Peer bob not found"}"""),
            Says(201, """{"id":"alice","created_at":"2026-05-01T12:00:00Z"}"""),
            Says(201, """{"id":"bob","created_at":"2026-05-01T12:00:00Z"}"""),
            Says(201, """{"id":"s","created_at":"2026-05-01T12:00:00Z"}"""),
            Says(201, """[{"id":"c","content":"Prefers dark mode","observer_id":"alice","observed_id":"bob","session_id":"s","level":"explicit","created_at":"2026-05-01T12:00:00Z"}]"""));
        var created = await script.Client().Peer("alice").ConclusionsOf("bob").CreateAsync([new("Prefers dark mode", "s")], Cancelled);
        Assert.Equal("c", Assert.Single(created).Id);
        Assert.Equal(
            ["/v3/workspaces/w/conclusions", "/v3/workspaces/w/peers", "/v3/workspaces/w/peers", "/v3/workspaces/w/sessions", "/v3/workspaces/w/conclusions"],
            script.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_failed_step_is_read_tried_again_and_put_aside()
    {
        const string Step = """{"id":"f1","kind":"derive","state":"failed","session_id":"s","observer_id":null,"observed_id":null,"target":null,"first_message":3,"last_message":5,"reason":"The model refused","times":2,"created_at":"2026-05-01T12:00:00Z","failed_at":"2026-05-01T12:05:00Z"}""";
        var script = new Script(Says(200, $$"""{"items":[{{Step}}],"total":1,"page":1,"size":50,"pages":1}"""), Says(202, Step), Says(200, Step));
        var steps = script.Client().FailedSteps;
        var step = Assert.Single(await steps.ListAsync("derive", "s", cancellationToken: Cancelled).ToListAsync(Cancelled));
        await steps.ReplayAsync(step.Id, Cancelled);
        await steps.DismissAsync(step.Id, Cancelled);

        Assert.Equal((3L, 5L, 2, "The model refused"), (step.FirstMessage, step.LastMessage, step.Times, step.Reason));
        Assert.Equal(
            ["GET /v1/workspaces/w/failed-steps?kind=derive&session_id=s&page=1", "POST /v1/workspaces/w/failed-steps/f1/replay", "POST /v1/workspaces/w/failed-steps/f1/dismiss"],
            script.Requests.Select(request => $"{request.Method} {request.Path}"));
    }
}
