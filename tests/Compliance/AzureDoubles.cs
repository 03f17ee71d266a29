using Kith.Azure.Recall;
using Kith.Compliance.Tests.Cosmos;
using Kith.Compliance.Tests.Search;
using Kith.Core.Recall;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Compliance.Tests;

/// <summary>Cosmos DB and AI Search in this process, for hosts that run on Azure's adapters and the real clients.</summary>
internal sealed class AzureDoubles : IDisposable
{
    /// <summary>As the service: what was written is found a little later.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(1);

    public CosmosGateway Cosmos { get; } = new(TimeProvider.System);

    public SearchServer Search { get; } = new(TimeProvider.System) { Lag = Lag };

    /// <summary>Settings of a host that uses them.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["storage"] = "azure",
        ["Cosmos:Endpoint"] = CosmosGateway.Address.AbsoluteUri,
        ["Cosmos:Key"] = CosmosGateway.Key,
        ["Search:Endpoint"] = SearchServer.Address.AbsoluteUri,
        ["Search:Key"] = SearchServer.ApiKey,
    };

    /// <summary>The adapters over these in place of the network.</summary>
    public void Replace(IServiceCollection services)
    {
        services.AddSingleton(_ => Cosmos.Store());
        services.AddSingleton<IRecallIndex>(provider => new SearchRecallIndex(
            new SearchOptions { Endpoint = SearchServer.Address, Key = SearchServer.ApiKey, RetryDelay = TimeSpan.FromMilliseconds(5), AttemptTimeout = TimeSpan.FromSeconds(2) },
            provider.GetRequiredService<IEmbedder>(),
            provider.GetRequiredService<TimeProvider>(),
            Search.Transport()));
    }

    /// <summary>From now on both fail at random: refusals, time-outs, broken connections before and after the request was carried out.</summary>
    /// <param name="share">Of requests, 0 to 1.</param>
    /// <param name="inARow">At most so many one after the other, of each of the two.</param>
    public void Fail(int seed, double share, int inARow)
    {
        Cosmos.Fault = RandomFaults.Seeded(seed, share, inARow);
        var faults = RandomFaults.Seeded<SearchFaultKind>(seed + 1, share, inARow);
        Search.Fault = () => faults();
    }

    public void Recover()
    {
        Cosmos.Fault = _ => GatewayFault.None;
        Search.Fault = () => SearchFaultKind.None;
    }

    public void Dispose()
    {
        Cosmos.Dispose();
        Search.Dispose();
    }
}
