namespace Kith.Faults;

/// <summary>A host that can be killed.</summary>
internal sealed class Server : Api, IAsyncDisposable
{
    private readonly HostProcess _process;

    private Server(HostProcess process)
        : base(process.Address) => _process = process;

    public static async Task<Server> StartAsync(DataFolder data, params string[] settings) => new(await HostProcess.StartAsync(data, settings));

    public Task KillAsync() => _process.KillAsync();

    public Task<int> StopAsync() => _process.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }
}
