using System.Collections.Concurrent;
using Kith.Core.Recall;
using Kith.Core.Recall.Ranking;
using Kith.Local.Storage;

namespace Kith.Local.Recall;

/// <summary>
/// The recall index of one machine: entries are written to the store's file and searched in memory. A workspace is loaded when it is
/// first searched; searches never wait for writers of a loaded workspace.
/// </summary>
public sealed class LocalRecallIndex : IRecallIndex
{
    /// <summary>Workspaces beyond this many entries in memory leave it, the longest unused first.</summary>
    private const int MaxResidentEntries = 2_000_000;

    /// <summary>Dead rows are worth a reload when they are many and outnumber the living.</summary>
    private const int MinDeadRows = 1_000;

    private readonly ConcurrentDictionary<string, RecallWorkspace> _resident = new(StringComparer.Ordinal);
    // A writer must not pass a load, nor another writer, of its workspace. Stripes bound their number.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private readonly RecallTable _table;
    private readonly IEmbedder _embedder;
    private readonly VectorTrust _trust;
    private volatile bool _ready;

    /// <param name="store">Keeps the entries; the index must not be used after it is disposed.</param>
    /// <param name="embedder">Its vectors are searched; those of others are kept in the file and passed over.</param>
    public LocalRecallIndex(SqliteDocumentStore store, IEmbedder embedder)
    {
        _table = new RecallTable(store.Database);
        _embedder = embedder;
        _trust = VectorTrust.Of(embedder);
    }

    /// <inheritdoc/>
    public async Task UpsertAsync(IReadOnlyList<RecallEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var group in entries.GroupBy(entry => entry.Workspace))
        {
            RecallEntry[] written = [.. group];
            await WriteAsync(
                group.Key,
                () => _table.UpsertAsync(written, cancellationToken),
                workspace =>
                {
                    foreach (var entry in written)
                        workspace.Shelf(entry.Kind).Put(ComparableVectors.Of(entry, _embedder));
                },
                cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string workspace, RecallKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => WriteAsync(
        workspace,
        () => _table.DeleteAsync(workspace, kind, ids, cancellationToken),
        resident =>
        {
            foreach (var id in ids)
                resident.Shelf(kind).Remove(id);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteSessionAsync(string workspace, string session, CancellationToken cancellationToken) => WriteAsync(
        workspace,
        () => _table.DeleteSessionAsync(workspace, session, cancellationToken),
        resident =>
        {
            resident.Messages.RemoveSession(session);
            resident.Conclusions.RemoveSession(session);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteWorkspaceAsync(string workspace, CancellationToken cancellationToken) => WriteAsync(
        workspace,
        () => _table.DeleteWorkspaceAsync(workspace, cancellationToken),
        _ => _resident.TryRemove(workspace, out var _),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecallHit>> SearchAsync(RecallQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1000);
        cancellationToken.ThrowIfCancellationRequested();
        var workspace = await OpenAsync(query.Scope.Workspace, cancellationToken);
        return RecallSearch.Run(workspace.Shelf(query.Scope.Kind), ComparableVectors.Of(query, _embedder), _trust);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecallKey>> ListAsync(string workspace, RecallKind kind, string? session, string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        await EnsureTableAsync(cancellationToken);
        return _table.List(workspace, kind, session, after, limit);
    }

    private async Task WriteAsync(string name, Func<Task> write, Action<RecallWorkspace> apply, CancellationToken cancellationToken)
    {
        await EnsureTableAsync(cancellationToken);
        var gate = GateOf(name);
        await gate.WaitAsync(cancellationToken);
        try
        {
            await write();
            if (!_resident.TryGetValue(name, out var workspace))
                return;
            apply(workspace);
            if (workspace.Dead > MinDeadRows && workspace.Dead > workspace.Alive)
                _resident.TryRemove(name, out _);
        }
        catch (OperationCanceledException)
        {
            // The write may have been applied all the same; what is in memory may differ from it.
            _resident.TryRemove(name, out _);
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask<RecallWorkspace> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (_resident.TryGetValue(name, out var resident))
        {
            resident.Used();
            return resident;
        }

        await EnsureTableAsync(cancellationToken);
        var gate = GateOf(name);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (_resident.TryGetValue(name, out resident))
                return resident;
            var workspace = new RecallWorkspace(_embedder.Dimensions);
            _table.Load(name, _embedder.Model, entry => workspace.Shelf(entry.Kind).Put(ComparableVectors.Of(entry, _embedder)));
            workspace.Used();
            _resident[name] = workspace;
            MakeRoom();
            return workspace;
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask EnsureTableAsync(CancellationToken cancellationToken)
    {
        if (_ready)
            return;
        await _table.EnsureAsync(cancellationToken);
        _ready = true;
    }

    private void MakeRoom()
    {
        var total = _resident.Sum(workspace => (long)workspace.Value.Weight);
        foreach (var (name, workspace) in _resident.OrderBy(workspace => workspace.Value.LastUsed).SkipLast(1))
        {
            if (total <= MaxResidentEntries)
                return;
            if (_resident.TryRemove(name, out _))
                total -= workspace.Weight;
        }
    }

    private SemaphoreSlim GateOf(string workspace) => _gates[(uint)workspace.GetHashCode() % (uint)_gates.Length];
}
