using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kith.Faults;

/// <summary>A host that can be killed, and what the tests ask of it.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly HostProcess _process;

    private Server(HostProcess process)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    public static async Task<Server> StartAsync(DataFolder data, params string[] settings) => new(await HostProcess.StartAsync(data, settings));

    public Task KillAsync() => _process.KillAsync();

    public Task<int> StopAsync() => _process.StopAsync();

    public async Task<JsonNode> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonNode>(path))!;

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>All items of a list; the total must be their number.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path, object? body = null)
    {
        var items = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var answer = await PostAsync($"{path}?page={page}&size=100", body ?? new { });
            items.AddRange(answer["items"]!.AsArray().Select(item => item!));
            if (page < answer["pages"]!.GetValue<int>())
                continue;
            Assert.Equal(answer["total"]!.GetValue<int>(), items.Count);
            return items;
        }
    }

    /// <summary>Waits until the workspace has no work left; only reads, so nothing is hinted at.</summary>
    public async Task DrainAsync(string workspace, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var status = await GetAsync($"/v3/workspaces/{workspace}/queue/status");
            if (status["pending_work_units"]!.GetValue<long>() + status["in_progress_work_units"]!.GetValue<long>() == 0)
                return;
            Assert.True(clock.Elapsed < patience, $"The queue did not drain: {status}");
            await Task.Delay(250);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }
}
