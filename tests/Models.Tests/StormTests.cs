using System.Text.Json.Nodes;
using Kith.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Models.Tests;

/// <summary>Ten minutes, on a fast clock, in which messages keep coming and the provider refuses every call.</summary>
public sealed class StormTests
{
    /// <summary>
    /// A place that fails n times in a row rests 1, 2, 4 … seconds and repeats each call four times over at least 12 seconds: the n-th attempt begins after
    /// 12(n-1) + 2^(n-1) - 1 seconds at the earliest, so nine of five calls fit. A server that names a longer wait gets fewer.
    /// </summary>
    private const int MostRefusals = 45;

    [Theory]
    [InlineData(null, true)]
    [InlineData("20", true)]
    [InlineData(null, false)]
    [InlineData("20", false)]
    public async Task Ten_minutes_of_refusals_lose_nothing_and_repeat_nothing(string? retryAfter, bool alsoEmbeddings)
    {
        await using var time = new FastTime();
        await using var server = await ModelServer.StartAsync();
        var refusal = Replies.Status(429, "", retryAfter is null ? [] : [("Retry-After", retryAfter)]);
        var refusals = 0;
        server.Otherwise(RefuseAsync);
        await using var host = new KithHost(server, time);

        var ids = await SayForAsync(TimeSpan.FromMinutes(10));
        var refusedByThen = refusals;
        var (_, searched) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/search", new { query = $"I have seen house number {ids.Count - 1}." });
        server.Otherwise(Thinking.AnswerAsync);
        await host.SettleAsync("demo");

        Assert.InRange(refusedByThen, 2, MostRefusals);
        Assert.Equal(ids[^1], (string?)searched[0]!["id"]);
        var conclusions = await ConclusionsAsync(host);
        Assert.Equal(ids.Order(), conclusions.SelectMany(conclusion => conclusion["message_ids"]!.AsArray().Select(id => (string)id!)).Order());
        Assert.All(conclusions, conclusion => Assert.Equal(1, (int)conclusion["times_derived"]!));
        Assert.Equal(ids.Count, conclusions.Select(conclusion => (string)conclusion["content"]!).Distinct().Count());
        var (_, summaries) = await host.SendAsync(HttpMethod.Get, "/v3/workspaces/demo/sessions/s/summaries");
        var covered = ids.Count / 20 * 20;
        Assert.Equal((ids[covered - 1], $"{covered} turns."), ((string)summaries["short_summary"]!["message_id"]!, (string)summaries["short_summary"]!["content"]!));
        Assert.Equal(0, await host.Services.GetRequiredService<IDocumentStore>().CountAsync(Partition.WholeWorkspace(Container.Work, "demo"), new Query("failedStep"), Some.Cancellation));

        Task RefuseAsync(HttpContext context, JsonObject body)
        {
            if (!alsoEmbeddings && body["input"] is not null)
                return Thinking.AnswerAsync(context, body);
            Interlocked.Increment(ref refusals);
            return refusal(context, body);
        }

        async Task<List<string>> SayForAsync(TimeSpan duration)
        {
            var said = new List<string>();
            for (var end = time.GetUtcNow() + duration; time.GetUtcNow() < end || said.Count < 20;)
            {
                var message = new { content = $"I have seen house number {said.Count}.", peer_id = said.Count % 3 == 0 ? "bob" : "alice" };
                var (_, stored) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/sessions/s/messages", new { messages = new[] { message } });
                said.Add((string)stored[0]!["id"]!);
                await Task.Delay(TimeSpan.FromSeconds(10), time, Some.Cancellation);
            }

            return said;
        }
    }

    private static async Task<IReadOnlyList<JsonNode>> ConclusionsAsync(KithHost host)
    {
        var (_, page) = await host.SendAsync(HttpMethod.Post, "/v3/workspaces/demo/conclusions/list?size=100", new { include_sources = true });
        return [.. page["items"]!.AsArray().Select(item => item!)];
    }
}
