using Kith.Core.Recall;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests;

public sealed class ScanRecallIndexTests : RecallIndexCompliance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kith-scan-").FullName;
    private SqliteDocumentStore _store = null!;

    protected override Task<IRecallIndex> OpenAsync()
    {
        _store = new SqliteDocumentStore(_folder, TimeProvider.System);
        return Task.FromResult<IRecallIndex>(new ScanRecallIndex(_store, Embedder));
    }

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Reopen_with_another_model_finds_its_entries_by_text_only()
    {
        await Index.UpsertAsync([await Message("m1", "lantern")], Cancelled);
        var embedder = new HashedEmbedder(32);
        var other = new ScanRecallIndex(_store, embedder);
        var vector = (await embedder.EmbedAsync("workspace", ["lantern"], Cancelled))[0];
        var hit = Assert.Single(await other.SearchAsync(new RecallQuery(Messages) { Text = "lantern", Model = embedder.Model, Vector = vector }, Cancelled));
        Assert.Null(hit.VectorRank);
    }

    [Fact]
    public async Task Upsert_more_than_a_batch_of_the_store_takes_is_stored_in_several()
    {
        var text = "lantern " + new string('x', 24_000);
        await Index.UpsertAsync(await Task.WhenAll(Enumerable.Range(1, 250).Select(i => Message($"m{i}", text, sequence: i))), Cancelled);
        Assert.Equal(250, (await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Limit = 1000 })).Count);
    }
}
