using Kith.Core.Storage;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests;

public sealed class SqliteDocumentStoreTests : DocumentStoreCompliance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kith-store-").FullName;
    private SqliteDocumentStore _store = null!;

    protected override Task<IDocumentStore> OpenAsync() => Task.FromResult<IDocumentStore>(_store = new SqliteDocumentStore(_folder, Time));

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
