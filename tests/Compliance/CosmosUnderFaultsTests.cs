using Kith.Azure.Storage;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core.Storage;

namespace Kith.Compliance.Tests;

/// <summary>The same while requests are throttled, refused, timed out and cut at random, before and after they were carried out: nothing of it may be seen.</summary>
public sealed class CosmosUnderFaultsTests : DocumentStoreCompliance
{
    private readonly CosmosGateway _gateway;
    private CosmosDocumentStore _store = null!;

    public CosmosUnderFaultsTests() => _gateway = new CosmosGateway(Time);

    protected override async Task<IDocumentStore> OpenAsync()
    {
        _store = _gateway.Store();
        await _store.EnsureCreatedAsync(Cancelled);
        _gateway.Fault = RandomFaults.Seeded(20261121, share: 0.02, inARow: 2);
        return _store;
    }

    protected override Task CloseAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }
}
