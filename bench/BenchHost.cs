using Kith.Testing;

namespace Kith.Bench;

/// <summary>The server under measurement: one that runs already, or this build's own local host in a process and a data folder of its own.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly DataFolder? _data;
    private readonly HostProcess? _process;

    private BenchHost(Uri address, DataFolder? data, HostProcess? process)
    {
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        _data = data;
        _process = process;
    }

    public HttpClient Client { get; }

    /// <summary>Of the process; null where it runs elsewhere.</summary>
    public long? ResidentBytes => _process?.ResidentBytes;

    public static BenchHost At(Uri address) => new(address, null, null);

    public static async Task<BenchHost> StartAsync()
    {
        var data = new DataFolder();
        var process = await HostProcess.StartAsync(data);
        return new BenchHost(process.Address, data, process);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        _data?.Dispose();
    }
}
