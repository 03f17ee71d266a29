using Kith.Compliance.Tests;
using Kith.Functions.Double;
using Kith.Http.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Clients.Hosts;

/// <summary>
/// The Functions app behind its double of the host: HTTP triggers, the queue of hints, durable orchestrations, timers. Documents and recall are on doubles of
/// Cosmos DB and AI Search. The app is never open; for clients that send no key one of the two hosts has its authentication taken out.
/// </summary>
internal sealed class FunctionsDeployment : Deployment
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly AzureDoubles _openData = new();
    private readonly AzureDoubles _guardedData = new();
    private FunctionsHost? _open;
    private FunctionsHost? _guarded;

    public override Uri Open => _open!.Address;

    public override Uri Guarded => _guarded!.Address;

    public override async Task StartAsync()
    {
        _open = await StartAsync(_openData, services => services.AddSingleton(new AuthOptions()));
        _guarded = await StartAsync(_guardedData, _ => { });
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

    private static Task<FunctionsHost> StartAsync(AzureDoubles doubles, Action<IServiceCollection> change)
    {
        var settings = AzureDoubles.Settings.Concat(KeysAreAsked.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        return FunctionsHost.StartAsync(
            settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value),
            services =>
            {
                doubles.Replace(services);
                change(services);
            },
            SweepEvery);
    }
}
