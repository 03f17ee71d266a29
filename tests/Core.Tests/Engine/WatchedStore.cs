using Kith.Core.Storage;

namespace Kith.Core.Tests.Engine;

/// <summary>A store that lets something else happen right before one of its writes, and whose process may die right after it.</summary>
internal sealed class WatchedStore(IDocumentStore store) : IDocumentStore
{
    private int _left = -1;
    private Func<Task>? _before;
    private bool _dies;
    private bool _isDead;

    /// <summary>Whether the write that was waited for has come.</summary>
    public bool HasHappened { get; private set; }

    /// <param name="writes">How many writes come before the one that is waited for.</param>
    public void Watch(int writes, Func<Task> before, bool dies) => (_left, _before, _dies) = (writes, before, dies);

    public Task<Document?> ReadAsync(Partition partition, string id, CancellationToken cancellationToken) => Alive().ReadAsync(partition, id, cancellationToken);

    public Task<QueryPage> QueryAsync(Partition partition, Query query, CancellationToken cancellationToken) => Alive().QueryAsync(partition, query, cancellationToken);

    public Task<long> CountAsync(Partition partition, Query query, CancellationToken cancellationToken) => Alive().CountAsync(partition, query, cancellationToken);

    public async Task<BatchResult> ExecuteAsync(Partition partition, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        var isIt = !HasHappened && _left-- == 0;
        if (!isIt)
            return await Alive().ExecuteAsync(partition, operations, cancellationToken);

        HasHappened = true;
        await _before!();
        var result = await store.ExecuteAsync(partition, operations, cancellationToken);
        _isDead = _dies;
        Alive();
        return result;
    }

    public Task<IReadOnlyList<DueDocument>> DueAsync(DueQuery query, CancellationToken cancellationToken) => Alive().DueAsync(query, cancellationToken);

    public Task<bool> ScrubAsync(DateTimeOffset before, CancellationToken cancellationToken) => Alive().ScrubAsync(before, cancellationToken);

    private IDocumentStore Alive() => _isDead ? throw new MortalStore.DeadException() : store;
}
