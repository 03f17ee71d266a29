using System.Collections.Concurrent;
using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Events;

/// <summary>
/// The addresses of workspaces, remembered for a while: background work asks at every turn, and mostly there are none. What this process changes it knows at once;
/// what others change after <see cref="Memory"/>.
/// </summary>
internal sealed class Listeners(IDocumentStore store, TimeProvider time)
{
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private const int MostWorkspaces = 10_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<Webhook> Webhooks)> _known = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<Webhook>> OfAsync(string workspace, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(workspace, out var known) && now - known.At < Memory)
            return known.Webhooks;

        var page = await store.QueryAsync(Owners.Workspace(workspace), new Query("webhook") { Limit = Limits.WebhooksPerWorkspace }, cancellationToken);
        Webhook[] webhooks = [.. page.Items.Select(document => document.As(DocumentJson.Default.Webhook))];
        if (_known.Count >= MostWorkspaces)
            _known.Clear();
        _known[workspace] = (now, webhooks);
        return webhooks;
    }

    public async Task<bool> AnyAsync(string workspace, Func<Webhook, bool> wants, CancellationToken cancellationToken) =>
        (await OfAsync(workspace, cancellationToken)).Any(wants);

    public void Forget(string workspace) => _known.TryRemove(workspace, out _);
}
