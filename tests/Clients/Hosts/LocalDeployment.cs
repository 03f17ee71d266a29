namespace Kith.Clients.Hosts;

/// <summary>Processes of the local host, each on SQLite in a folder of its own.</summary>
internal sealed class LocalDeployment : Deployment
{
    private readonly DataFolder _openData = new();
    private readonly DataFolder _guardedData = new();
    private HostProcess? _open;
    private HostProcess? _guarded;

    public override Uri Open => _open!.Address;

    public override Uri Guarded => _guarded!.Address;

    public override async Task StartAsync()
    {
        _open = await HostProcess.StartAsync(_openData);
        _guarded = await HostProcess.StartAsync(_guardedData, [.. KeysAreAsked.SelectMany(setting => new[] { $"--{setting.Name}", setting.Value })]);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
        if (_guarded is not null)
            await _guarded.DisposeAsync();
        _openData.Dispose();
        _guardedData.Dispose();
    }
}
