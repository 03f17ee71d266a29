using System.Globalization;

namespace Kith.Faults;

/// <summary>A server that dies at any moment loses nothing that it acknowledged, and finishes what it had begun.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string Workspace = "w";
    private const int Kills = 8;

    [Fact]
    public async Task Killed_at_random_moments_everything_acknowledged_is_there_once_and_the_memory_converges()
    {
        var seed = Setting("KITH_KILLS_SEED", Random.Shared.Next());
        var kills = Setting("KITH_KILLS", Kills);
        output.WriteLine($"KITH_KILLS_SEED={seed} KITH_KILLS={kills}");
        var random = new Random(seed);
        var ledger = new Ledger(Workspace);
        var load = new Load(ledger, Workspace, random);
        using var data = new DataFolder();
        for (var round = 1; round <= kills; round++)
        {
            await using var server = await Server.StartAsync(data);
            await ledger.CheckAsync(server);
            await TellAsync(server, ledger, round);
            var writing = load.RunAsync(server.Client, round);
            await Task.Delay(random.Next(100, 1_500), TestContext.Current.CancellationToken);
            await server.KillAsync();
            await writing;
        }

        await using var last = await Server.StartAsync(data);
        await ledger.CheckAsync(last);
        output.WriteLine($"{ledger.Acknowledged.Count} posts with {ledger.Acknowledged.Sum(post => post.Texts.Count)} texts acknowledged, {ledger.Unanswered} posts cut off");
        await last.DrainAsync(Workspace, TimeSpan.FromMinutes(3));
        await CheckMemoryAsync(last, kills);
    }

    [Fact]
    public async Task Work_that_was_due_at_a_kill_is_done_after_the_restart_without_being_asked_for()
    {
        using var data = new DataFolder();
        await using (var server = await Server.StartAsync(data))
        {
            await server.PostAsync($"/v3/workspaces/{Workspace}/sessions/s/messages", new
            {
                messages = Enumerable.Range(1, 60).Select(i => new { content = $"I have a cat named Tom{i}.", peer_id = "eve" }),
            });
            await server.KillAsync();
        }

        await using var again = await Server.StartAsync(data);
        await again.DrainAsync(Workspace, TimeSpan.FromSeconds(60));
        Assert.NotNull((await again.GetAsync($"/v3/workspaces/{Workspace}/sessions/s/summaries"))["short_summary"]);
        var known = await ConclusionsAsync(again, "eve");
        Assert.All(Enumerable.Range(1, 60), i => Assert.Single(known, conclusion => conclusion.Content.Contains($"Tom{i}.", StringComparison.Ordinal)));
    }

    private static Task TellAsync(Server server, Ledger ledger, int round)
    {
        var post = new Post($"fact-{round}", "alice", "talk", [$"I have a dog named Rex{round}x."]);
        ledger.Add(post);
        return post.SendAsync(server.Client, Workspace);
    }

    private static async Task CheckMemoryAsync(Server server, int rounds)
    {
        var known = await ConclusionsAsync(server, "alice");
        Assert.Equal(known.Count, known.DistinctBy(conclusion => conclusion.Content).Count());
        Assert.All(known, conclusion => Assert.Equal(1, conclusion.TimesDerived));
        for (var round = 1; round <= rounds; round++)
        {
            var marker = $"Rex{round}x";
            Assert.Single(known, conclusion => conclusion.Content.Contains(marker, StringComparison.Ordinal));
            var found = (await server.PostAsync($"/v3/workspaces/{Workspace}/search", new { query = marker, limit = 5 })).AsArray();
            Assert.Contains(found, message => message!["content"]!.GetValue<string>().Contains(marker, StringComparison.Ordinal));
        }

        Assert.NotNull((await server.GetAsync($"/v3/workspaces/{Workspace}/sessions/talk/summaries"))["short_summary"]);
    }

    private static async Task<IReadOnlyList<(string Content, int TimesDerived)>> ConclusionsAsync(Server server, string peer)
    {
        var listed = await server.ListAsync($"/v3/workspaces/{Workspace}/conclusions/list", new { filters = new { observer_id = peer, observed_id = peer } });
        return [.. listed.Select(conclusion => (conclusion["content"]!.GetValue<string>(), conclusion["times_derived"]!.GetValue<int>()))];
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
