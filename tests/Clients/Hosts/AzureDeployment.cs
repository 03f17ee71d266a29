using Kith.Compliance.Tests;

namespace Kith.Clients.Hosts;

/// <summary>Hosts in this process on Azure's adapters, the real clients of Cosmos DB and AI Search, and doubles of the services.</summary>
/// <param name="seed">Of the faults that hit both services; null for none.</param>
internal sealed class AzureDeployment(int? seed = null) : Deployment
{
    private readonly AzureDoubles _openData = new();
    private readonly AzureDoubles _guardedData = new();
    private AzureHost? _open;
    private AzureHost? _guarded;

    public override Uri Open => _open!.Address;

    public override Uri Guarded => _guarded!.Address;

    public override Task StartAsync()
    {
        _open = new AzureHost(_openData);
        _guarded = new AzureHost(_guardedData, KeysAreAsked);
        if (seed is { } given)
        {
            _openData.Fail(given, FaultShare, FaultsInARow);
            _guardedData.Fail(given + 2, FaultShare, FaultsInARow);
        }
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        // Hosts that stop write what they hold.
        _openData.Recover();
        _guardedData.Recover();
        if (_open is not null)
            await _open.DisposeAsync();
        if (_guarded is not null)
            await _guarded.DisposeAsync();
        _openData.Dispose();
        _guardedData.Dispose();
    }
}
