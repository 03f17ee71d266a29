using Kith.Compliance.Tests;
using Kith.Functions.Double;

namespace Kith.Clients.Hosts;

/// <param name="seed">Of the faults that hit both services while the queue delivers each hint twice and the newest first; null for none of it.</param>
internal sealed class FunctionsDeployment(int? seed = null) : Deployment
{
    private readonly AzureDoubles _openData = new();
    private readonly AzureDoubles _guardedData = new();
    private FunctionsHost? _open;
    private FunctionsHost? _guarded;

    public override Uri Open => _open!.Address;

    public override Uri Guarded => _guarded!.Address;

    public override async Task StartAsync()
    {
        _open = await FunctionsOnAzure.StartAsync(_openData);
        _guarded = await FunctionsOnAzure.StartAsync(_guardedData, KeysAreAsked);
        if (seed is not { } given)
            return;
        foreach (var (host, data) in new[] { (_open, _openData), (_guarded, _guardedData) })
        {
            (host.Queue.Deliveries, host.Queue.IsReversed) = (2, true);
            data.Fail(given, FaultShare, FaultsInARow);
            given += 2;
        }
    }

    public override async ValueTask DisposeAsync()
    {
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
