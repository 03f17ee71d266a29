using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Kith.Functions.Tests;

/// <summary>The storage emulator from npm, its queues on a free port, in memory.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>With the account and the key that every copy of the emulator has.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};QueueEndpoint=http://127.0.0.1:{_port}/devstoreaccount1;";

    public async ValueTask InitializeAsync()
    {
        await NodePackages.InstallAsync();
        var script = Path.Combine("node_modules", "azurite", "dist", "src", "queue", "main.js");
        _process = Process.Start(new ProcessStartInfo("node", [script, "--inMemoryPersistence", "--disableTelemetry", "--silent", "--queueHost", "127.0.0.1", "--queuePort", $"{_port}"])
        {
            WorkingDirectory = NodePackages.Folder,
        })!;
        for (var deadline = DateTime.UtcNow + Patience; ; await Task.Delay(100))
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < deadline && !_process.HasExited)
            {
                // Not listening yet.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
