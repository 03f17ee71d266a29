using Kith.Core.Storage;

namespace Kith.Core.Directory;

/// <summary>Where events of a workspace go.</summary>
public sealed class Webhooks
{
    private static readonly Query All = new("webhook");

    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly TimeProvider _time;

    internal Webhooks(IDocumentStore store, Workspaces workspaces, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _time = time;
    }

    /// <summary>An address that is registered already is returned. Not found without the workspace; conflict at the limit.</summary>
    public async Task<(Webhook Webhook, bool Created)> RegisterAsync(string workspace, string url, CancellationToken cancellationToken)
    {
        _ = await _workspaces.FindAsync(workspace, cancellationToken) ?? throw Errors.WorkspaceNotFound(workspace);
        var partition = Owners.Workspace(workspace);
        var id = Ids.Of("webhook", url);
        if (await _store.FindAsync(partition, id, DocumentJson.Default.Webhook, cancellationToken) is { } existing)
            return (existing, false);

        if (await _store.CountAsync(partition, All, cancellationToken) >= Limits.WebhooksPerWorkspace)
        {
            throw new KithException(
                ErrorCode.Conflict,
                $"Maximum number of webhook endpoints ({Limits.WebhooksPerWorkspace}) reached for this workspace.");
        }

        var webhook = new Webhook { Id = id, WorkspaceId = workspace, Url = url, CreatedAt = _time.GetUtcNow() };
        var created = await _store.TryCreateAsync(partition, id, webhook, DocumentJson.Default.Webhook, cancellationToken);
        return (webhook, created);
    }

    public Task<Page<Webhook>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) =>
        _store.PageAsync(Owners.Workspace(workspace), All, paging, DocumentJson.Default.Webhook, cancellationToken);

    public async Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var deleted = Names.IsValid(id)
            && (await _store.ExecuteAsync(Owners.Workspace(workspace), [new Operation.Delete(id)], cancellationToken)).Applied;
        if (!deleted)
            throw new KithException(ErrorCode.NotFound, $"Webhook endpoint {id} not found for workspace {workspace}");
    }
}
