using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kith.Testing;

namespace Kith.Bench.Kills;

/// <summary>A host on a data folder, and what the bench asks of it.</summary>
internal sealed class KilledHost : IAsyncDisposable
{
    public const string Workspace = "kills";

    private readonly HostProcess _process;

    private KilledHost(HostProcess process)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    public static async Task<KilledHost> StartAsync(DataFolder data) => new(await HostProcess.StartAsync(data));

    public Task KillAsync() => _process.KillAsync();

    /// <summary>Stores the remarks of one request. False when the server is gone.</summary>
    public async Task<bool> SayAsync(IReadOnlyList<Remark> remarks)
    {
        var body = new { messages = remarks.Select(remark => new { content = remark.Text, peer_id = remark.Peer, created_at = remark.At }) };
        try
        {
            using var response = await Client.PostAsJsonAsync($"/v3/workspaces/{Workspace}/sessions/{remarks[0].Session}/messages", body);
            // What arrives of an answer after a kill acknowledges nothing.
            var answer = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
            foreach (var remark in remarks)
                remark.IsAcknowledged = true;
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Null when the server is gone.</summary>
    public async Task<JsonNode?> TryAsync(HttpMethod method, string path, object? body = null)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await Client.SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode ? JsonNode.Parse(answer) : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {answer}");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async Task<JsonNode> AskAsync(HttpMethod method, string path, object? body = null) =>
        await TryAsync(method, path, body) ?? throw new InvalidOperationException($"{method} {path} was not answered.");

    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path)
    {
        var items = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var answer = await AskAsync(HttpMethod.Post, $"{path}?page={page}&size=100", new { });
            items.AddRange(answer["items"]!.AsArray().Select(item => item!));
            if (page >= answer["pages"]!.GetValue<int>())
                return items;
        }
    }

    /// <summary>Waits until nothing is left to be worked out.</summary>
    public async Task DrainAsync()
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(250))
        {
            var status = await AskAsync(HttpMethod.Get, $"/v3/workspaces/{Workspace}/queue/status");
            if (status["pending_work_units"]!.GetValue<long>() + status["in_progress_work_units"]!.GetValue<long>() == 0)
                return;
            if (clock.Elapsed > TimeSpan.FromMinutes(10))
                throw new TimeoutException($"The queue did not drain: {status.ToJsonString()}");
        }
    }

    /// <summary>Waits for the end of a job.</summary>
    public async Task<JsonNode> EndAsync(string path)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(250))
        {
            var job = await AskAsync(HttpMethod.Get, path);
            if (job["state"]!.GetValue<string>() is not ("running" or "waiting"))
                return job;
            if (clock.Elapsed > TimeSpan.FromMinutes(10))
                throw new TimeoutException($"{path} does not end.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }
}
