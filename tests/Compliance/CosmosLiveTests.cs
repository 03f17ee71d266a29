using Kith.Azure.Storage;
using Kith.Core.Storage;

namespace Kith.Compliance.Tests;

/// <summary>The same against a real endpoint: an emulator, or an account whose database and containers exist.</summary>
public sealed class CosmosLiveTests : DocumentStoreCompliance
{
    private const string Endpoint = "KITH_COSMOS_ENDPOINT";
    private const string Key = "KITH_COSMOS_KEY";

    private CosmosDocumentStore? _store;

    protected override async Task<IDocumentStore> OpenAsync()
    {
        var endpoint = Environment.GetEnvironmentVariable(Endpoint);
        Assert.SkipWhen(string.IsNullOrEmpty(endpoint), $"{Endpoint} names no Cosmos DB endpoint ({Key} is for emulators; accounts take the process's Entra identity).");
        var options = new CosmosOptions(new Uri(endpoint!), "kith") { Key = Environment.GetEnvironmentVariable(Key) };
        _store = new CosmosDocumentStore(options);
        if (options.Key is not null)
            await _store.EnsureCreatedAsync(Cancelled);
        return _store;
    }

    protected override Task CloseAsync()
    {
        _store?.Dispose();
        return Task.CompletedTask;
    }

    protected override void Pass(TimeSpan time) => Assert.Skip("The clock of a real endpoint cannot be moved.");
}
