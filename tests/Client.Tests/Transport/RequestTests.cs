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

    [Theory]
    [InlineData("x", 500)]
    [InlineData("語", 500)]
    [InlineData("🏔", 250)]
    [InlineData("a🏔", 333)]
    public async Task A_long_search_query_is_cut_between_characters_where_it_is_part_of_an_address(string word, int characters)
    {
        var script = new Script(Says(200, """{"id":"s","peer_id":"alice","target_id":"alice","messages":[]}"""));
        var said = string.Concat(Enumerable.Repeat(word, 25_000));
        await script.Client().Peer("alice").GetContextAsync(new() { SearchQuery = said }, Cancelled);
        await script.Client().Session("s").GetContextAsync(new() { SearchQuery = said }, Cancelled);

        Assert.All(script.Requests, request =>
        {
            var sent = Uri.UnescapeDataString(request.Path[(request.Path.IndexOf("search_query=", StringComparison.Ordinal) + "search_query=".Length)..]);
            Assert.StartsWith(sent, said, StringComparison.Ordinal);
            Assert.Equal(characters, sent.EnumerateRunes().Count());
            Assert.InRange(request.Path.Length, 1, 5_000);
        });
    }

    [Fact]
    public async Task What_a_stream_is_asked_for_is_checked_at_once()
    {
        var client = new Script(Says(200)).Client();
        Assert.Throws<ArgumentException>(() => client.Peer("alice").ChatStreamingAsync(" ", cancellationToken: Cancelled));
        Assert.Throws<ArgumentException>(() => client.AgentSessions.Session("s").SendStreamingAsync("", cancellationToken: Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Peer("alice").ChatAsync(" ", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_full_disk_is_no_export_that_broke_off()
    {
        using var full = new OneWay([]);
        var failure = await Assert.ThrowsAsync<IOException>(() => new Script(Says(200, "{\"end\":true}\n")).Client().Transfers.ExportAsync(full, cancellationToken: Cancelled));
        Assert.Equal("No space left on device", failure.Message);
    }

    [Fact]
    public async Task A_key_does_not_follow_a_redirect()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        Microsoft.AspNetCore.Hosting.HostingAbstractionsWebHostBuilderExtensions.UseUrls(builder.WebHost, "http://127.0.0.1:0");
        await using var server = builder.Build();
        var paths = new List<string>();
        Microsoft.AspNetCore.Builder.RunExtensions.Run(server, context =>
        {
            paths.Add(context.Request.Path);
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await server.StartAsync(Cancelled);
        var client = new KithClient(new KithClientOptions { BaseUrl = new Uri(server.Urls.Single()), ApiKey = "secret" });
        var failure = await Assert.ThrowsAsync<KithException>(() => client.AgentSessions.ListAsync(Cancelled));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, failure.StatusCode);
        Assert.Contains("points to /elsewhere", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["/api/messaging/sessions"], paths);
    }

    [Fact]
    public async Task A_reply_that_was_known_already_is_the_text_of_its_only_part()
    {
        var script = new Script(Says(200, "event: user_message\ndata: {\"id\":\"m\"}\n\nevent: done\ndata: {\"text\":\"Rome\"}\n\n"));
        var part = Assert.Single(await script.Client().AgentSessions.Session("s").SendStreamingAsync("Where?", cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.Equal(("Rome", "Rome"), (part.Text, (string?)part.Response!["text"]));
    }

    [Fact]
    public async Task Messages_that_share_a_millisecond_at_the_end_of_a_page_are_read_all()
    {
        var script = new Script(
            Says(200, """{"messages":[{"id":"4","createdAt":"2026-05-01T12:00:00.002Z"},{"id":"3","createdAt":"2026-05-01T12:00:00.001Z"}],"hasMore":true}"""),
            Says(200, """{"messages":[{"id":"3","createdAt":"2026-05-01T12:00:00.001Z"},{"id":"2","createdAt":"2026-05-01T12:00:00.001Z"}],"hasMore":true}"""),
            Says(200, """{"messages":[{"id":"3","createdAt":"2026-05-01T12:00:00.001Z"},{"id":"2","createdAt":"2026-05-01T12:00:00.001Z"}],"hasMore":true}"""),
            Says(200, """{"messages":[{"id":"1","createdAt":"2026-05-01T12:00:00.000Z"}],"hasMore":false}"""));
        var all = await script.Client().AgentSessions.Session("s").GetAllMessagesAsync(Cancelled).ToListAsync(Cancelled);
        Assert.Equal(["4", "3", "2", "1"], all.Select(message => message.Id));
        Assert.Equal(["1777636800002", "1777636800002", "1777636800001"], script.Requests.Skip(1).Select(request => request.Path.Split("before=")[1]));
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
