using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>Who knows something about whom.</summary>
public sealed class Pairs
{
    private readonly IDocumentStore _store;

    internal Pairs(IDocumentStore store) => _store = store;

    /// <summary>By observer, then by observed. A pair that knew something once is listed with what is left, which may be nothing.</summary>
    /// <param name="observer">All observers where null.</param>
    public async Task<Page<Pair>> ListAsync(string workspace, string? observer, Paging paging, CancellationToken cancellationToken)
    {
        var partition = observer is null ? Partition.WholeWorkspace(Container.Memory, workspace) : Partition.MemoryOf(workspace, observer);
        // Whatever writes the first conclusion of a pair begins its consolidation state with it, and nothing else is there once per pair.
        var query = new Query("dream") { Descending = paging.Reverse };
        var total = await _store.CountAsync(partition, query, cancellationToken);
        if (paging.Skip >= total)
            return new Page<Pair>([], total);

        var page = await _store.QueryAsync(partition, query with { Skip = paging.Skip, Limit = paging.Size }, cancellationToken);
        return new Page<Pair>(await Task.WhenAll(page.Items.Select(document => CountAsync(document.Partition, cancellationToken))), total);
    }

    private async Task<Pair> CountAsync(Partition pair, CancellationToken cancellationToken) =>
        new(pair.Second!, pair.Third!, await _store.CountAsync(pair, new Query("conclusion") { Where = Clocks.Now.Holding }, cancellationToken));
}
