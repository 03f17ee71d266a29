using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Directory;

/// <summary>
/// Which peers are one person. Nothing is moved for it: what was learnt stays with the peer that it was learnt of, and is joined when somebody asks. So a link can be
/// taken back at any time, and each has its own again.
/// </summary>
public sealed class Links
{
    private const int MostRecent = 10_000;
    private static readonly TimeSpan RecentLife = TimeSpan.FromSeconds(10);

    private readonly IDocumentStore _store;
    private readonly Peers _peers;
    private readonly TimeProvider _time;

    /// <summary>Whether a workspace has any links, as it was a moment ago: most have none, and every question asks.</summary>
    private readonly Recent<string, bool> _recent = new(RecentLife, MostRecent);

    internal Links(IDocumentStore store, Peers peers, TimeProvider time)
    {
        _store = store;
        _peers = peers;
        _time = time;
    }

    /// <summary>
    /// Makes a peer the same person as another; creates both where they are missing. Conflict where the peer is another person's already, or stands for one itself, or
    /// the person is linked to one.
    /// </summary>
    public async Task<(Link Link, bool Created)> LinkAsync(string workspace, string person, string peer, CancellationToken cancellationToken)
    {
        if (person == peer)
            throw new KithException(ErrorCode.Invalid, "A peer is the same person as itself already");
        await _peers.EnsureAsync(workspace, [person, peer], cancellationToken);
        if (await FindAsync(workspace, person, cancellationToken) is { } above)
            throw new KithException(ErrorCode.Conflict, $"{person} is linked to {above.Person}: link {peer} to that");
        if ((await ListAsync(workspace, peer, cancellationToken)).Count > 0)
            throw new KithException(ErrorCode.Conflict, $"Others are linked to {peer}: link them to {person} instead");

        var link = new Link { Peer = peer, Person = person, CreatedAt = _time.GetUtcNow() };
        var created = await _store.TryCreateAsync(Owners.Links(workspace), peer, link, DocumentJson.Default.Link, cancellationToken);
        _recent.Forget(workspace);
        if (created)
            return (link, true);
        return await FindAsync(workspace, peer, cancellationToken) is { } known && known.Person == person
            ? (known, false)
            : throw new KithException(ErrorCode.Conflict, $"{peer} is linked to another peer: unlink it first");
    }

    /// <summary>Not found when they are not linked, also on repeat.</summary>
    public async Task UnlinkAsync(string workspace, string person, string peer, CancellationToken cancellationToken)
    {
        var document = Names.IsValid(peer) ? await _store.ReadAsync(Owners.Links(workspace), peer, cancellationToken) : null;
        var isGone = document?.As(DocumentJson.Default.Link).Person == person
            && (await _store.ExecuteAsync(Owners.Links(workspace), [new Operation.Delete(peer, document.ETag)], cancellationToken)).Applied;
        _recent.Forget(workspace);
        if (!isGone)
            throw new KithException(ErrorCode.NotFound, $"Peer {peer} is not linked to {person} in workspace {workspace}");
    }

    /// <summary>The peers that are linked to a person, oldest link first.</summary>
    public async Task<IReadOnlyList<Link>> ListAsync(string workspace, string person, CancellationToken cancellationToken)
    {
        var links = new List<Link>();
        await foreach (var document in _store.AllAsync(Owners.Links(workspace), Of(person), cancellationToken))
            links.Add(document.As(DocumentJson.Default.Link));
        return links;
    }

    /// <summary>All peers that are the same person as this one, itself first.</summary>
    internal async ValueTask<IReadOnlyList<string>> PeersOfAsync(string workspace, string peer, CancellationToken cancellationToken)
    {
        if (!Names.IsValid(peer) || !await AnyAsync(workspace, cancellationToken))
            return [peer];
        var person = (await FindAsync(workspace, peer, cancellationToken))?.Person ?? peer;
        var linked = (await ListAsync(workspace, person, cancellationToken)).Select(link => link.Peer);
        return [.. new[] { peer, person }.Concat(linked).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The pairs in whose memory stands what one person knows of another, or of themselves.</summary>
    internal async ValueTask<IReadOnlyList<(string Observer, string Observed)>> PairsAsync(string workspace, string observer, string observed, CancellationToken cancellationToken)
    {
        var subject = await PeersOfAsync(workspace, observed, cancellationToken);
        if (subject.Contains(observer))
            return [.. subject.Select(peer => (peer, peer)).Append((observer, observed)).Distinct()];
        var asking = await PeersOfAsync(workspace, observer, cancellationToken);
        return [.. asking.SelectMany(peer => subject.Select(other => (peer, other)))];
    }

    private async ValueTask<bool> AnyAsync(string workspace, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _recent.TryGet(workspace, now, out var any)
            ? any
            : _recent.Keep(workspace, now, (await _store.QueryAsync(Owners.Links(workspace), new Query(Link.DocumentType) { Limit = 1 }, cancellationToken)).Items.Count > 0);
    }

    private async Task<Link?> FindAsync(string workspace, string peer, CancellationToken cancellationToken) =>
        Names.IsValid(peer) ? await _store.FindAsync(Owners.Links(workspace), peer, DocumentJson.Default.Link, cancellationToken) : null;

    internal static Query Of(string person) => new(Link.DocumentType) { Where = new Condition.Compare(Field.Text("person"), Comparison.Equal, person) };
}
