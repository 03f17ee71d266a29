using System.Text.Json.Nodes;
using Kith.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Models.Tests;

/// <summary>A provider that answers one derivation with something else, every time it is asked.</summary>
public sealed class GarbageTests
{
    private static readonly Dictionary<string, Func<HttpContext, JsonObject, Task>> _kinds = new(Replies.Unreadable)
    {
        ["no JSON"] = Replies.Text("I would rather not."),
        ["malformed JSON"] = Replies.Text("""{"statements":[{"content":"alice"""),
        ["another shape"] = Replies.Json("""{"facts":["alice lives in Rome"]}"""),
        ["truncated"] = Replies.Text("""{"statements":[]}""", finish: "length"),
    };

    public static TheoryData<string> Kinds { get; } = new(_kinds.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Garbage_is_asked_for_again_then_a_failed_step_and_later_work_goes_on(string kind)
    {
        await using var server = await ModelServer.StartAsync();
        var asked = 0;
        server.Otherwise(SpoilAsync);
        var log = new LogLines();
        await using var host = new KithHost(server, log: log);

        await PostAsync("alice", $"I like {Some.Secret}.");
        await host.SettleAsync("demo");
        await PostAsync("bob", "I like tea.");
        await host.SettleAsync("demo");

        Assert.Equal(2, asked);
        var (_, conclusions) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/conclusions/list", new { });
        Assert.Equal("bob: I like tea.", (string?)Assert.Single(conclusions["items"]!.AsArray())!["content"]);
        var (_, found) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/search", new { query = Some.Secret });
        Assert.Contains(Some.Secret, (string?)found[0]!["content"], StringComparison.Ordinal);

        var failed = await host.Services.GetRequiredService<IDocumentStore>().QueryAsync(Partition.WholeWorkspace(Container.Work, "demo"), new Query("failedStep"), Some.Cancellation);
        var step = JsonNode.Parse(Assert.Single(failed.Items).Body.Span)!;
        Assert.Equal(("derive", 0, 1), ((string)step["kind"]!, (int)step["after"]!, (int)step["through"]!));
        Assert.Contains("The model thinker", (string)step["reason"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Secret, step.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line => Assert.DoesNotContain(Some.Secret, line, StringComparison.Ordinal));

        Task SpoilAsync(HttpContext context, JsonObject body)
        {
            if (!Thinking.Derives(body) || !new ModelRequest("", "", body, default).Text("user").StartsWith("Peer: alice", StringComparison.Ordinal))
                return Thinking.AnswerAsync(context, body);
            Interlocked.Increment(ref asked);
            return _kinds[kind](context, body);
        }

        Task PostAsync(string peer, string content) =>
            host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/sessions/s/messages", new { messages = new[] { new { content, peer_id = peer } } });
    }
}
