using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kith.Clients;

/// <summary>The lost-update test that the original fails: it keeps 1,364 of these 2,400 (spec modelchorus §7).</summary>
public sealed class ThreadWriterTests
{
    private const int Writers = 8;
    private const int MessagesEach = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task Eight_processes_that_write_into_one_thread_lose_nothing()
    {
        using var data = new DataFolder();
        await using var host = await HostProcess.StartAsync(data);
        using var client = new HttpClient { BaseAddress = host.Address };
        var thread = new Uri(host.Address, "/v1/workspaces/w/threads/shared");
        var created = await client.PostAsJsonAsync("/v1/workspaces/w/threads", new { workflowName = "chat", threadId = "shared", maxMessages = Writers * MessagesEach }, TestContext.Current.CancellationToken);
        Assert.True(created.IsSuccessStatusCode);

        var count = MessagesEach.ToString(CultureInfo.InvariantCulture);
        await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => NodePackages.RunAsync("node", ["thread-writer.mjs", thread.ToString(), $"writer-{writer}", count], Patience)));

        var stored = (await client.GetFromJsonAsync<JsonNode>($"{thread}/messages", TestContext.Current.CancellationToken))!["messages"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, Writers * MessagesEach), stored.Select(message => (int)message!["sequence"]!));
        foreach (var writer in stored.GroupBy(message => (string)message!["metadata"]!["writer"]!))
            Assert.Equal(Enumerable.Range(1, MessagesEach).Select(number => $"{writer.Key} {number}"), writer.Select(message => (string)message!["content"]!));
        Assert.Equal(Writers, stored.Select(message => (string)message!["metadata"]!["writer"]!).Distinct().Count());
    }
}
