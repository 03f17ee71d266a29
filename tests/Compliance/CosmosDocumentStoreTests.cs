using Kith.Azure.Storage;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core.Storage;

namespace Kith.Compliance.Tests;

/// <summary>The adapter with Microsoft's client on the gateway double.</summary>
public sealed class CosmosDocumentStoreTests : DocumentStoreCompliance
{
    private readonly CosmosGateway _gateway;
    private CosmosDocumentStore _store = null!;

    public CosmosDocumentStoreTests() => _gateway = new CosmosGateway(Time);

    protected override async Task<IDocumentStore> OpenAsync()
    {
        _store = _gateway.Store();
        await _store.EnsureCreatedAsync(Cancelled);
        return _store;
    }

    protected override Task CloseAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }
}
