using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Kith.Models.Tests;

public sealed class LocalHostTests
{
    private const string Statements = """{"statements":[{"content":"alice lives in Rome.","turns":[1],"slot":"home","valid_from":null,"language":"en","card":"identity"}]}""";

    [Fact]
    public async Task Messages_become_conclusions_and_answers_with_the_models_named_in_the_settings()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(SayAsync);
        await using var host = new KithHost(server);

        await PostAsync(host);
        await host.SettleAsync("demo");
        var (_, conclusions) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/conclusions/list", new { });
        var (answer, body) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/peers/alice/chat", new { query = "Where do I live?" });

        Assert.Equal("alice lives in Rome.", (string?)Assert.Single(conclusions["items"]!.AsArray())!["content"]);
        Assert.Equal("thinker", answer.Headers.GetValues("X-Kith-Reasoner").Single());
        Assert.Equal("In Rome.", (string?)body["content"]);
        Assert.Contains(server.Requests, request => request.Path == "/v1/embeddings");
    }

    [Fact]
    public async Task A_flush_has_derived_what_would_have_waited_for_more()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(SayAsync);
        await using var host = new KithHost(server, gather: "3000");

        await PostAsync(host);
        var (_, waiting) = await host.SendAsync(HttpMethod.Get, "/v3/workspaces/demo/queue/status");
        await host.SendAsync(HttpMethod.Post, "/v1/workspaces/demo/sessions/s/flush");
        await host.SettleAsync("demo");
        var (_, conclusions) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/conclusions/list", new { });

        Assert.Equal(1, (int)waiting["pending_work_units"]!);
        Assert.Single(conclusions["items"]!.AsArray());
    }

    [Fact]
    public async Task A_storm_longer_than_the_policy_delays_conclusions_and_loses_none()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say([.. Enumerable.Repeat(Replies.Status(429), 12)]).Otherwise(SayAsync);
        await using var host = new KithHost(server);

        await PostAsync(host);
        await host.SettleAsync("demo");
        var (_, conclusions) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/conclusions/list", new { });

        Assert.Equal("alice lives in Rome.", (string?)Assert.Single(conclusions["items"]!.AsArray())!["content"]);
    }

    [Fact]
    public async Task Output_that_stays_malformed_is_a_failed_unit_and_later_work_goes_on()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise((context, body) => Derives(body) && !body.ToJsonString().Contains("Oslo", StringComparison.Ordinal) ? Replies.Text("no")(context, body) : SayAsync(context, body));
        await using var host = new KithHost(server);

        await PostAsync(host);
        await host.SettleAsync("demo");
        await PostAsync(host, "Oslo was cold.", peer: "bob");
        await host.SettleAsync("demo");
        var (_, conclusions) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/conclusions/list", new { });

        Assert.Equal("bob", (string?)Assert.Single(conclusions["items"]!.AsArray())!["observed_id"]);
    }

    private static Task PostAsync(KithHost host, string content = "I live in Rome.", string peer = "alice") =>
        host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/sessions/s/messages", new { messages = new[] { new { content, peer_id = peer } } });

    private static bool Derives(JsonObject body) => (string?)body["response_format"]?["json_schema"]?["name"] == "statements";

    private static Task SayAsync(HttpContext context, JsonObject body) =>
        (body["input"] is not null ? Replies.Vectors(_ => [.. Enumerable.Range(1, Thinking.Dimensions).Select(i => (float)i)]) : Derives(body) ? Replies.Json(Statements) : Replies.Text("In Rome [[c1]]."))(context, body);
}
