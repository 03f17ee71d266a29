using Kith.Azure.Storage;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core.Recall;

namespace Kith.Compliance.Tests;

/// <summary>Recall where there is no search service: a scan of the documents in Cosmos DB.</summary>
public sealed class CosmosScanRecallIndexTests : RecallIndexCompliance
{
    private readonly CosmosGateway _gateway = new(TimeProvider.System);
    private CosmosDocumentStore _store = null!;

    protected override async Task<IRecallIndex> OpenAsync()
    {
        _store = _gateway.Store();
        await _store.EnsureCreatedAsync(Cancelled);
        return new ScanRecallIndex(_store, Embedder);
    }

    protected override Task CloseAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _gateway.Dispose();
    }
}
