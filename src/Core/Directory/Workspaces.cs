using System.Text.Json;
using Kith.Core.Filters;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Directory;

/// <summary>The workspaces of the store.</summary>
public sealed class Workspaces
{
    private const int MostRecent = 10_000;
    private static readonly TimeSpan RecentLife = TimeSpan.FromSeconds(10);

    private readonly IDocumentStore _store;
    private readonly IEmbedder _embedder;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    /// <summary>Settings that requests look at, as they were a moment ago.</summary>
    private readonly Recent<string, WorkspaceSettings> _recent = new(RecentLife, MostRecent);

    internal Workspaces(IDocumentStore store, IEmbedder embedder, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _embedder = embedder;
        _queue = queue;
        _time = time;
    }

    /// <summary>An existing workspace is returned unchanged; metadata and configuration are used at creation only.</summary>
    public async Task<(Workspace Workspace, bool Created)> GetOrCreateAsync(string id, JsonElement? metadata, JsonElement? configuration, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is { } existing)
            return (existing, false);

        if (!Names.IsValid(id))
            throw Errors.BadWorkspaceName(id);

        var workspace = new Workspace
        {
            Name = id,
            Metadata = metadata ?? FreeJson.Empty,
            Configuration = configuration is { } given ? FreeJson.Merge(FreeJson.Empty, given) : FreeJson.Empty,
            CreatedAt = _time.GetUtcNow(),
            EmbeddingModel = _embedder.Model,
            DueAt = _time.GetUtcNow() + Due.ProjectionGrace,
        };
        if (!await _store.TryCreateAsync(Owners.Workspace(id), Owners.WorkspaceId, workspace, DocumentJson.Default.Workspace, cancellationToken))
            return await GetOrCreateAsync(id, metadata, configuration, cancellationToken);

        await ProjectAsync(workspace, cancellationToken);
        return (workspace, true);
    }

    /// <summary>Metadata is replaced, configuration merged by top-level key; null changes nothing. Creates the workspace when missing.</summary>
    public async Task<Workspace> UpdateAsync(string id, JsonElement? metadata, JsonElement? configuration, CancellationToken cancellationToken)
    {
        var (workspace, created) = await GetOrCreateAsync(id, metadata, configuration, cancellationToken);
        if (created || (metadata is null && configuration is null))
            return workspace;

        var changed = await _store.ChangeAsync(Owners.Workspace(id), Owners.WorkspaceId, DocumentJson.Default.Workspace, Change, cancellationToken)
            ?? throw Errors.WorkspaceNotFound(id);
        await ProjectAsync(changed, cancellationToken);
        return changed;

        Workspace? Change(Workspace? current) => current is null ? null : current with
        {
            Metadata = metadata ?? current.Metadata,
            Configuration = configuration is { } given ? FreeJson.Merge(current.Configuration, given) : current.Configuration,
            DueAt = Sooner(current.DueAt),
        };
    }

    /// <summary>The defaults where none were ever set, or there is no such workspace.</summary>
    public async Task<WorkspaceSettings> SettingsAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.Settings ?? WorkspaceSettings.Default;

    /// <summary>As <see cref="SettingsAsync"/>, but at most 10 seconds old: for what every request has to know. A change made by this process holds at once.</summary>
    public async ValueTask<WorkspaceSettings> RecentSettingsAsync(string id, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _recent.TryGet(id, now, out var settings) ? settings : _recent.Keep(id, now, await SettingsAsync(id, cancellationToken));
    }

    /// <summary>Replaces the settings; creates the workspace when missing.</summary>
    public async Task<WorkspaceSettings> SetSettingsAsync(string id, WorkspaceSettings settings, CancellationToken cancellationToken)
    {
        await GetOrCreateAsync(id, null, null, cancellationToken);
        await _store.ChangeAsync(
            Owners.Workspace(id),
            Owners.WorkspaceId,
            DocumentJson.Default.Workspace,
            current => current is null ? null : current with { Settings = settings, SettingsChanged = true, DueAt = _time.GetUtcNow() },
            cancellationToken);
        _recent.Forget(id);
        await _queue.EnqueueAsync(new WorkHint(Owners.Workspace(id)), TimeSpan.Zero, cancellationToken);
        return settings;
    }

    /// <summary>Null when it does not exist.</summary>
    public Task<Workspace?> FindAsync(string id, CancellationToken cancellationToken) =>
        _store.FindAsync(Owners.Workspace(id), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);

    public Task<Page<Workspace>> ListAsync(Paging paging, Condition? where, CancellationToken cancellationToken) =>
        _store.PageAsync(Owners.Registry, new Query("workspace") { Where = where, Descending = paging.Reverse }, paging, DocumentJson.Default.Workspace, cancellationToken);

    /// <summary>Accepts the deletion; the worker carries it out. Not found, or conflict while sessions are active.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        _ = await FindAsync(id, cancellationToken) ?? throw Errors.WorkspaceNotFound(id);
        if (await _store.CountAsync(Owners.Sessions(id), Sessions.Active, cancellationToken) > 0)
        {
            throw new KithException(
                ErrorCode.Conflict,
                $"Cannot delete workspace '{id}': active session(s) remain. Delete all sessions first.");
        }

        await AcceptDeletionAsync(id, cancellationToken);
    }

    /// <summary>As <see cref="DeleteAsync"/>, with the sessions that are still active. Not found when missing.</summary>
    /// <returns>The workspace as it was.</returns>
    public async Task<Workspace> DeleteWithSessionsAsync(string id, CancellationToken cancellationToken)
    {
        var workspace = await FindAsync(id, cancellationToken) ?? throw Errors.WorkspaceNotFound(id);
        await AcceptDeletionAsync(id, cancellationToken);
        return workspace;
    }

    private async Task AcceptDeletionAsync(string id, CancellationToken cancellationToken)
    {
        await _store.ChangeAsync(
            Owners.Workspace(id),
            Owners.WorkspaceId,
            DocumentJson.Default.Workspace,
            current => current is null ? null : current with { Deleting = true, DueAt = _time.GetUtcNow() },
            cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(Owners.Workspace(id)), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>All of the workspace is embedded with this model from now on.</summary>
    internal async Task AdoptAsync(string id, string model, CancellationToken cancellationToken)
    {
        var changed = await _store.ChangeAsync(
            Owners.Workspace(id),
            Owners.WorkspaceId,
            DocumentJson.Default.Workspace,
            current => current is null ? null : current with { EmbeddingModel = model, DueAt = Sooner(current.DueAt) },
            cancellationToken);
        if (changed is not null)
            await ProjectAsync(changed, cancellationToken);
    }

    /// <summary>Brings the registry's copy up to date; the worker repeats it where a process died in between.</summary>
    internal Task ProjectAsync(Workspace workspace, CancellationToken cancellationToken) =>
        _store.PutAsync(Owners.Registry, workspace.Name, workspace with { DueAt = null }, DocumentJson.Default.Workspace, cancellationToken);

    /// <summary>When the sweep looks after a change, if nothing asks for it earlier.</summary>
    private DateTimeOffset Sooner(DateTimeOffset? due)
    {
        var grace = _time.GetUtcNow() + Due.ProjectionGrace;
        return due < grace ? due.Value : grace;
    }
}
