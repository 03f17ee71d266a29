using System.Text.Json.Nodes;

namespace Kith.Faults;

/// <summary>A server that dies while it delivers loses no event: receivers get each at least once, and know repeats by their id.</summary>
public sealed class WebhookKillTests(ITestOutputHelper output)
{
    private const int Kills = 4;

    [Fact]
    public async Task Killed_between_a_call_and_its_record_every_event_arrives_at_least_once()
    {
        var random = new Random(20_261_201);
        await using var receiver = await Receiver.StartAsync();
        using var data = new DataFolder();
        for (var round = 1; round <= Kills; round++)
        {
            await using var server = await StartAsync(data);
            await ListenAsync(server, receiver);
            // Slow answers: most deaths come after the receiver has the event and before the server knows.
            for (var i = 0; i < 200; i++)
                receiver.Answers.Enqueue(_ => Task.Delay(150));
            for (var i = 0; i < 10; i++)
                await server.PostAsync("/v3/workspaces/w/sessions/s/messages", new { messages = new[] { new { content = $"I have a cat named Tom{round}x{i}.", peer_id = "eve" } } });
            await Task.Delay(random.Next(200, 1_500), TestContext.Current.CancellationToken);
            await server.KillAsync();
        }

        receiver.Answers.Clear();
        await using var last = await StartAsync(data);
        await last.DrainAsync("w", TimeSpan.FromMinutes(3));
        var conclusions = (await last.ListAsync("/v3/workspaces/w/conclusions/list")).Select(conclusion => (string)conclusion["id"]!).ToHashSet();
        Assert.Equal(Kills * 10, conclusions.Count);
        for (var tries = 0; !conclusions.IsSubsetOf(Told(receiver)); tries++)
        {
            Assert.True(tries < 3_000, $"{conclusions.Except(Told(receiver)).Count()} of {conclusions.Count} conclusions were never told of");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        var ids = receiver.Calls.Select(call => call.Headers["webhook-id"]).ToArray();
        output.WriteLine($"{ids.Length} calls with {ids.Distinct().Count()} events after {Kills} kills");
        Assert.Contains(receiver.Calls, call => call.Body.Contains("queue.empty", StringComparison.Ordinal));
    }

    private static Task<Server> StartAsync(DataFolder data) => Server.StartAsync(data, "--Webhooks:PrivateTargets", "true");

    private static async Task ListenAsync(Server server, Receiver receiver)
    {
        await server.PostAsync("/v3/workspaces", new { id = "w" });
        await server.PostAsync("/v1/workspaces/w/webhooks", new { url = receiver.Url });
    }

    private static HashSet<string> Told(Receiver receiver) =>
    [
        .. receiver.Calls.Select(call => JsonNode.Parse(call.Body)!)
            .Where(body => (string)body["type"]! == "conclusion.created")
            .SelectMany(body => body["data"]!["conclusion_ids"]!.AsArray())
            .Select(id => (string)id!),
    ];
}
