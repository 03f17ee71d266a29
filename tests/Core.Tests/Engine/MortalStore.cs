using Kith.Core.Storage;

namespace Kith.Core.Tests.Engine;

/// <summary>A store whose process dies right after so many writes: the last is applied and never acknowledged, and nothing answers any more.</summary>
internal sealed class MortalStore(IDocumentStore store, int writes) : IDocumentStore
{
    private int _left = writes;

    public Task<Document?> ReadAsync(Partition partition, string id, CancellationToken cancellationToken) =>
        Alive().ReadAsync(partition, id, cancellationToken);

    public Task<QueryPage> QueryAsync(Partition partition, Query query, CancellationToken cancellationToken) =>
        Alive().QueryAsync(partition, query, cancellationToken);

    public Task<long> CountAsync(Partition partition, Query query, CancellationToken cancellationToken) =>
        Alive().CountAsync(partition, query, cancellationToken);

    public async Task<BatchResult> ExecuteAsync(Partition partition, IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        var result = await Alive().ExecuteAsync(partition, operations, cancellationToken);
        _left--;
        Alive();
        return result;
    }

    public Task<IReadOnlyList<DueDocument>> DueAsync(DueQuery query, CancellationToken cancellationToken) => Alive().DueAsync(query, cancellationToken);

    public Task<bool> ScrubAsync(DateTimeOffset before, CancellationToken cancellationToken) => Alive().ScrubAsync(before, cancellationToken);

    private IDocumentStore Alive() => _left > 0 ? store : throw new DeadException();

    public sealed class DeadException : Exception;
}
