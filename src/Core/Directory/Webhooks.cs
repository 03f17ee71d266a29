using Kith.Core.Events;
using Kith.Core.Storage;

namespace Kith.Core.Directory;

/// <summary>Where events of a workspace go.</summary>
public sealed class Webhooks
{
    private static readonly Query All = new("webhook");

    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly Listeners _listeners;
    private readonly Announcer _announcer;
    private readonly Deliveries _deliveries;
    private readonly TimeProvider _time;

    internal Webhooks(IDocumentStore store, Workspaces workspaces, Listeners listeners, Announcer announcer, Deliveries deliveries, TimeProvider time)
    {
        _store = store;
        _workspaces = workspaces;
        _listeners = listeners;
        _announcer = announcer;
        _deliveries = deliveries;
        _time = time;
    }

    /// <summary>An address that is registered already is returned as it is. Not found without the workspace; conflict at the limit.</summary>
    /// <param name="events">Of <see cref="EventTypes"/>; what the original tells where null.</param>
    public async Task<(Webhook Webhook, bool Created)> RegisterAsync(string workspace, string url, IReadOnlyList<string>? events, CancellationToken cancellationToken)
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

        var now = _time.GetUtcNow();
        var webhook = new Webhook { Id = id, WorkspaceId = workspace, Url = url, Events = events, Secrets = [WebhookSecret.New(now)], CreatedAt = now };
        var created = await _store.TryCreateAsync(partition, id, webhook, DocumentJson.Default.Webhook, cancellationToken);
        _listeners.Forget(workspace);
        return created ? (webhook, true) : (await DemandAsync(workspace, id, cancellationToken), false);
    }

    public Task<Page<Webhook>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) =>
        _store.PageAsync(Owners.Workspace(workspace), All, paging, DocumentJson.Default.Webhook, cancellationToken);

    /// <summary>Not found when missing.</summary>
    public async Task<Webhook> DemandAsync(string workspace, string id, CancellationToken cancellationToken) =>
        (Names.IsValid(id) ? await _store.FindAsync(Owners.Workspace(workspace), id, DocumentJson.Default.Webhook, cancellationToken) : null) ?? throw NotFound(workspace, id);

    /// <summary>Changes what an address hears of. Not found when missing.</summary>
    public Task<Webhook> HearAsync(string workspace, string id, IReadOnlyList<string> events, CancellationToken cancellationToken) =>
        ChangeAsync(workspace, id, webhook => webhook with { Events = events }, cancellationToken);

    /// <summary>Gives an address a new secret. The one before signs beside it for a while; older ones end at once. Not found when missing.</summary>
    /// <param name="overlap">How long; zero ends it at once.</param>
    public Task<Webhook> RotateAsync(string workspace, string id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var secret = WebhookSecret.New(_time.GetUtcNow());
        return ChangeAsync(workspace, id, Rotate, cancellationToken);

        Webhook Rotate(Webhook webhook) => webhook with
        {
            Secrets = overlap == TimeSpan.Zero ? [secret] : [secret, .. webhook.Secrets.Take(1).Select(before => before with { ExpiresAt = secret.CreatedAt + overlap })],
        };
    }

    /// <summary>Its deliveries go with it. Not found when missing, also on repeat.</summary>
    public async Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var deleted = Names.IsValid(id)
            && (await _store.ExecuteAsync(Owners.Workspace(workspace), [new Operation.Delete(id)], cancellationToken)).Applied;
        if (!deleted)
            throw NotFound(workspace, id);
        _listeners.Forget(workspace);
        await _deliveries.RemoveAsync(workspace, id, cancellationToken);
    }

    /// <summary>Sends a test event to every address.</summary>
    public Task TestAsync(string workspace, CancellationToken cancellationToken) => _announcer.RecordAsync(workspace, TestOf(workspace), cancellationToken);

    /// <summary>Sends a test event to one address. Not found when missing.</summary>
    public async Task<Delivery> TestAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await _announcer.RecordAsync(workspace, (await DemandAsync(workspace, id, cancellationToken)).Id, TestOf(workspace), cancellationToken);

    private Announcement TestOf(string workspace) =>
        new(EventTypes.Test, Ids.New(), _time.GetUtcNow()) { Data = Announcement.Members(("workspace_id", workspace)) };

    private async Task<Webhook> ChangeAsync(string workspace, string id, Func<Webhook, Webhook> change, CancellationToken cancellationToken)
    {
        await DemandAsync(workspace, id, cancellationToken);
        var changed = await _store.ChangeAsync(Owners.Workspace(workspace), id, DocumentJson.Default.Webhook, webhook => webhook is null ? null : change(webhook), cancellationToken);
        _listeners.Forget(workspace);
        return changed ?? throw NotFound(workspace, id);
    }

    private static KithException NotFound(string workspace, string id) => new(ErrorCode.NotFound, $"Webhook endpoint {id} not found for workspace {workspace}");
}
