using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Kith.Faults;

/// <summary>The local host in a process of its own, on a free port, so that it can be killed.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Server(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    public static async Task<Server> StartAsync(DataFolder data)
    {
        var process = Launch(data);
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Split("listens on ") is [_, var address])
            {
                // A pipe that nobody empties would stop the server one day.
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return new Server(process, new Uri(address));
            }
        }

        throw new InvalidOperationException($"The server did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Exit code and what was said on the error stream of a server that is expected not to start.</summary>
    public static async Task<(int Code, string Errors)> FailAsync(DataFolder data)
    {
        using var process = Launch(data);
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await errors);
    }

    /// <summary>Nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks for a clean stop and returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, Signal(_process.Id, SigTerm));
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

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
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static Process Launch(DataFolder data) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Kith.Local.dll"), "--port", "0", "--data", data.Path },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
