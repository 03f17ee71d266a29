using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Tests;

/// <summary>The HTTP functions hand over to the shared route table, and what differs between hosts does not show.</summary>
public sealed class DoorTests
{
    private static CancellationToken Cancel => TestHost.Cancel;

    [Fact]
    public void Routes_are_anonymous_unreserved_and_the_catch_all_sorts_last()
    {
        var doors = new Double.FunctionTable().Of<HttpTriggerAttribute>();

        Assert.All(doors, door => Assert.Equal(AuthorizationLevel.Anonymous, door.Trigger.AuthLevel));
        Assert.All(doors, door => Assert.Null(door.Trigger.Methods));
        Assert.Equal("{*path}", doors[^1].Trigger.Route);
        Assert.Equal(["api/{*path}", "hooks/{*path}", "v1/{*path}", "v2/{*path}", "v3/{*path}"], doors.SkipLast(1).Select(door => door.Trigger.Route!).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(doors, door => door.Trigger.Route!.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || door.Trigger.Route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Every_door_leads_to_the_route_table()
    {
        await using var host = await TestHost.StartAsync();
        (string Method, string Path, int Status)[] expected =
        [
            ("GET", "/health", 200),
            ("HEAD", "/health", 405),
            ("GET", "/openapi.json", 200),
            ("GET", "/docs", 200),
            ("POST", "/v3/workspaces", 201),
            ("POST", "/v2/workspaces", 200),
            ("POST", "/v3/workspaces/", 307),
            ("GET", "/api/agents", 200),
            ("GET", "/v1/workspaces/w/threads", 200),
            ("DELETE", "/v3/workspaces", 405),
            ("GET", "/v3/nothing", 404),
            ("GET", "/api/nothing", 404),
            ("GET", "/v1/nothing", 404),
            ("GET", "/nothing/at/all", 404),
            ("GET", "/hooks/slack/unknown", 404),
        ];
        var answers = new List<(string, string, int)>();
        foreach (var (method, path, status) in expected)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method == "POST")
                request.Content = new StringContent("""{"id":"w"}""", Encoding.UTF8, "application/json");
            using var response = await host.Client.SendAsync(request, Cancel);
            answers.Add((method, path, (int)response.StatusCode));
            // Whoever looks for connections is told nothing.
            if (status is 404 && !path.StartsWith("/hooks/", StringComparison.Ordinal))
                Assert.NotEmpty(await response.Content.ReadAsStringAsync(Cancel));
            if (status is 405)
                Assert.NotEmpty(response.Content.Headers.Allow);
        }

        Assert.Equal(expected, answers);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Bad_requests_are_answered_alike_in_every_environment(string environment)
    {
        await using var host = await TestHost.StartAsync(TestHost.Secret, environment: environment);

        using var notJson = await host.PostAsync("/v3/workspaces", "{not json");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, notJson.StatusCode);
        Assert.NotNull(JsonNode.Parse(await notJson.Content.ReadAsStringAsync(Cancel))!["detail"]);

        using var wrong = await host.PostAsync("/v1/workspaces/w/threads", "[1");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413_and_one_below_it_is_read()
    {
        await using var host = await TestHost.StartAsync();
        using var below = await host.PostAsync("/v3/workspaces", new string(' ', 31 * 1024 * 1024) + "{not json");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, below.StatusCode);

        using var content = new StringContent(new string(' ', 33 * 1024 * 1024) + "{not json", Encoding.UTF8, "application/json");
        content.Headers.ContentLength = null;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/workspaces") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var beyond = await host.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, beyond.StatusCode);
    }

    [Fact]
    public async Task A_request_that_takes_longer_than_the_host_allows_is_ended_and_told_so()
    {
        var cancelled = new TaskCompletionSource();
        var reasoner = new GatedReasoner
        {
            Before = async token =>
            {
                using (token.Register(() => cancelled.TrySetResult()))
                    await Task.Delay(Timeout.Infinite, token);
            },
        };
        await using var host = await TestHost.StartAsync(reasoner);
        await host.PostAsync("/v3/workspaces", """{"id":"w"}""");
        await host.PostAsync("/v3/workspaces/w/peers", """{"id":"alice"}""");
        host.Functions.FunctionTimeout = TimeSpan.FromMilliseconds(500);
        using var response = await host.PostAsync("/v3/workspaces/w/peers/alice/chat", """{"query":"Where does alice live?"}""");

        await cancelled.Task.WaitAsync(Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("longer", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_in_parts_arrives_part_by_part()
    {
        await using var host = await TestHost.StartAsync();
        await host.SayAsync("s", "I live in Rome.");
        await host.IdleAsync();
        using var response = await host.PostAsync("/v3/workspaces/w/peers/alice/chat", """{"query":"Where does alice live?","stream":true}""");

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 1);
        Assert.All(lines, line => Assert.StartsWith("data: ", line, StringComparison.Ordinal));
    }

    /// <summary>Whatever stands between the app and the client cuts connections that are silent.</summary>
    [Fact]
    public async Task An_answer_that_is_long_in_coming_shows_signs_of_life()
    {
        var time = new ManualTime();
        var thinks = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(new GatedReasoner { Before = _ => thinks.Task }, time);
        await host.PostAsync("/v3/workspaces", """{"id":"w"}""");
        await host.PostAsync("/v3/workspaces/w/peers", """{"id":"alice"}""");
        using var question = new HttpRequestMessage(HttpMethod.Post, "/v3/workspaces/w/peers/alice/chat")
        {
            Content = new StringContent("""{"query":"Where does alice live?","stream":true}""", Encoding.UTF8, "application/json"),
        };
        var asking = host.Client.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, Cancel);
        while (!asking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(20, Cancel);
        }

        using var answer = await asking;
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal(":", await lines.ReadLineAsync(Cancel));
        thinks.SetResult();
        var rest = (await lines.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(rest, line => Assert.True(line == ":" || line.StartsWith("data: ", StringComparison.Ordinal), line));
        Assert.Contains("done", rest[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_carry_the_template_of_the_route_that_serves()
    {
        var names = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (names)
                    names.Add($"{span.DisplayName} {span.GetTagItem("http.route")}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await TestHost.StartAsync();
        await host.Client.GetAsync("/v3/workspaces/some-workspace/queue/status", Cancel);
        for (var tries = 0; tries < 100 && !Seen(); tries++)
            await Task.Delay(20, Cancel);

        Assert.True(Seen());

        bool Seen()
        {
            lock (names)
                return names.Any(name => name.StartsWith("GET /v3/workspaces/{workspace}/queue/status", StringComparison.Ordinal) && !name.Contains("some-workspace", StringComparison.Ordinal));
        }
    }
}
