using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kith.Faults;

/// <summary>What the tests ask of a host.</summary>
internal class Api(Uri address)
{
    public HttpClient Client { get; } = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

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
}
