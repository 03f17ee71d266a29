using System.Collections.Concurrent;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Rebuilding;
using Kith.Core.Storage;

namespace Kith.Core.Recall;

/// <summary>Which embedding model each workspace is searched with, and the change to another one.</summary>
public sealed class EmbeddingModels
{
    internal static readonly Partition Place = Partition.Work(Partition.SystemWorkspace, ConfiguredModel.Id);

    /// <summary>How soon is looked again while workspaces change.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private const int MostRemembered = 100_000;

    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly Rebuilds _rebuilds;
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _time;

    /// <summary>Workspaces that were seen to be at the configured model: they stay there.</summary>
    private readonly ConcurrentDictionary<string, bool> _current = new(StringComparer.Ordinal);

    internal EmbeddingModels(IDocumentStore store, Workspaces workspaces, Rebuilds rebuilds, IEmbedder embedder, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _rebuilds = rebuilds;
        _embedder = embedder;
        _time = time;
    }

    /// <summary>To be called when a host starts: where another model than last time is configured, the sweep finds the workspaces that must change to it.</summary>
    public Task NoticeAsync(CancellationToken cancellationToken) => _store.ChangeAsync(
        Place,
        ConfiguredModel.Id,
        DocumentJson.Default.ConfiguredModel,
        current => current?.Model == _embedder.Model ? current : new ConfiguredModel { Model = _embedder.Model, DueAt = _time.GetUtcNow() },
        cancellationToken);

    /// <summary>Whether all of the workspace is embedded with the configured model. True of one that does not exist.</summary>
    internal async ValueTask<bool> IsCurrentAsync(string workspace, CancellationToken cancellationToken)
    {
        if (_current.ContainsKey(workspace))
            return true;
        if (await _workspaces.FindAsync(workspace, cancellationToken) is not { } found)
            return true;
        if (found.EmbeddingModel != _embedder.Model)
            return false;

        if (_current.Count >= MostRemembered)
            _current.Clear();
        _current[workspace] = true;
        return true;
    }

    /// <summary>Asks for the vectors of every workspace that another model embedded, and looks again until there is none.</summary>
    internal async Task SpreadAsync(Partition partition, CancellationToken cancellationToken)
    {
        var model = _embedder.Model;
        var isDone = true;
        var behind = new Query("workspace") { Where = new Condition.Compare(Field.Text("embeddingModel"), Comparison.NotEqual, model) };
        await foreach (var workspace in _store.AllAsync(Owners.Registry, behind, cancellationToken))
            isDone &= (await _rebuilds.ReembedAsync(workspace.Id, cancellationToken)).HasEnded;

        await _store.ChangeAsync(
            partition,
            ConfiguredModel.Id,
            DocumentJson.Default.ConfiguredModel,
            current => current?.Model == model ? current with { DueAt = isDone ? null : _time.GetUtcNow() + Pause } : current,
            cancellationToken);
    }
}
