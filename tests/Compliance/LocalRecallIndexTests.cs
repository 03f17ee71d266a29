using Kith.Core.Recall;
using Kith.Local.Recall;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests;

public sealed class LocalRecallIndexTests : RecallIndexCompliance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kith-recall-").FullName;
    private SqliteDocumentStore _store = null!;

    protected override Task<IRecallIndex> OpenAsync()
    {
        _store = new SqliteDocumentStore(_folder, TimeProvider.System);
        return Task.FromResult<IRecallIndex>(new LocalRecallIndex(_store, Embedder));
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
        var other = new LocalRecallIndex(_store, embedder);
        var vector = (await embedder.EmbedAsync("workspace", ["lantern"], Cancelled))[0];
        var hit = Assert.Single(await other.SearchAsync(new RecallQuery(Messages) { Text = "lantern", Model = embedder.Model, Vector = vector }, Cancelled));
        Assert.Null(hit.VectorRank);
    }

    [Fact]
    public async Task Search_many_replaced_entries_stay_right_when_the_shelf_is_loaded_anew()
    {
        _ = await IdsAsync(Messages, "lantern");
        for (var round = 0; round < 4; round++)
        {
            await Index.UpsertAsync(
                await Task.WhenAll(Enumerable.Range(1, 500).Select(i => Message($"m{i}", $"lantern {round}", sequence: i))), Cancelled);
        }

        var hits = await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Limit = 1000 });
        Assert.Equal(500, hits.Select(hit => hit.Id).Distinct().Count());
        Assert.Equal(500, hits.Count);
    }
}
