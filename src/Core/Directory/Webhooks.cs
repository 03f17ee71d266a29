namespace Kith.Core.Directory;

/// <summary>Where events of a workspace go.</summary>
public sealed class Webhooks
{
    /// <summary>An address that is registered already is returned. Not found without the workspace; conflict at the limit.</summary>
    public Task<(Webhook Webhook, bool Created)> RegisterAsync(string workspace, string url, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Webhook>> ListAsync(string workspace, Paging paging, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
