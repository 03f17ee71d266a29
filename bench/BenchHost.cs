using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Kith.Bench;

/// <summary>The server under measurement: one that runs already, or this build's own local host in a process and a data folder of its own.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process? _process;
    private readonly string? _folder;

    private BenchHost(Uri address, Process? process, string? folder)
    {
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        _process = process;
        _folder = folder;
    }

    public HttpClient Client { get; }

    public static BenchHost At(Uri address) => new(address, null, null);

    public static async Task<BenchHost> StartAsync()
    {
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("kith-bench-").FullName;
        var host = Path.Combine(AppContext.BaseDirectory, "Kith.Local.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [host, "--port", $"{port}", "--data", folder]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dotnet could not be started.");
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();

        var started = new BenchHost(new Uri($"http://127.0.0.1:{port}"), process, folder);
        await started.WaitAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is null)
            return;

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder!, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var health = await Client.GetAsync(new Uri("/health", UriKind.Relative));
                if (health.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (clock.Elapsed < StartLimit)
            {
                // Not listening yet.
            }

            if (_process!.HasExited || clock.Elapsed > StartLimit)
                throw new InvalidOperationException("The host did not start.");
            await Task.Delay(100);
        }
    }
}
