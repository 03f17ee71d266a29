using System.Runtime.CompilerServices;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Porting;

/// <summary>
/// A workspace, or what it holds of one peer, as lines of JSON in a stable order: the same documents give the same bytes, from whatever store. Each session is
/// read as it is at one moment; what is said elsewhere meanwhile may be in it or not.
/// </summary>
public sealed class Exports
{
    private const int PageSize = 500;

    private readonly IDocumentStore _store;
    private readonly Workspaces _workspaces;
    private readonly Peers _peers;

    internal Exports(IDocumentStore store, Workspaces workspaces, Peers peers)
    {
        _store = store;
        _workspaces = workspaces;
        _peers = peers;
    }

    /// <summary>Not found without workspace or peer, invalid for a scope or a cursor of something else; all before the first line.</summary>
    /// <param name="cursor">Goes on behind the line that had it.</param>
    public async Task<IAsyncEnumerable<ReadOnlyMemory<byte>>> OpenAsync(string workspace, string? peer, string? cursor, CancellationToken cancellationToken)
    {
        if (await _workspaces.FindAsync(workspace, cancellationToken) is null or { Deleting: true })
            throw Errors.WorkspaceNotFound(workspace);
        if (peer?.StartsWith(Names.ScopePrefix, StringComparison.Ordinal) == true)
            throw Errors.IsScope(peer);
        if (peer is not null && await _peers.FindAsync(workspace, peer, cancellationToken) is null)
            throw Errors.PeerNotFound(peer, workspace);
        return ReadAsync(workspace, peer, cursor is null ? null : ExportCursor.Decode(cursor), cancellationToken);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string workspace, string? peer, ExportCursor? start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (start is null)
            yield return ExportLines.Header(workspace, peer);
        var sources = Sources(workspace, peer);
        var since = 0;
        for (var part = start?.Part ?? 0; part < sources.Length; part++)
        {
            await foreach (var (lines, after) in PagesAsync(sources[part], part == start?.Part ? start.After : null, cancellationToken))
            {
                foreach (var line in lines)
                    yield return line;
                since += lines.Count;
                if (since >= PageSize)
                {
                    since = 0;
                    yield return ExportLines.Of(after is null ? new ExportCursor(part + 1) : new ExportCursor(part, after));
                }
            }
        }

        await foreach (var (lines, next) in SessionsAsync(workspace, peer, start?.Part == sources.Length ? start : new ExportCursor(sources.Length), cancellationToken))
        {
            foreach (var line in lines)
                yield return line;
            since += lines.Count;
            if (since >= PageSize)
            {
                since = 0;
                yield return ExportLines.Of(next);
            }
        }

        yield return ExportLines.End;
    }

    private static Source[] Sources(string workspace, string? peer)
    {
        var memory = Partition.WholeWorkspace(Container.Memory, workspace);
        var pairs = PortableKinds.OfPairs.Select(kind => new Source(kind, memory, new Query(kind.Type), document => peer is null || document.Partition.Second == peer || document.Partition.Third == peer));
        return peer is null
            ? [.. PortableKinds.OfDirectory.Select(kind => new Source(kind, Partition.WholeWorkspace(Container.Directory, workspace), new Query(kind.Type), document => kind != PortableKinds.Membership || IsScope(document))), .. pairs]
            : [new Source(PortableKinds.Peer, Owners.Peers(workspace), new Query("peer") { Ids = [peer] }, _ => true), .. pairs];

        static bool IsScope(Document document) => document.Partition.Second!.StartsWith(Names.ScopePrefix, StringComparison.Ordinal);
    }

    private async IAsyncEnumerable<(IReadOnlyList<ReadOnlyMemory<byte>> Lines, string? After)> PagesAsync(Source source, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await _store.QueryAsync(source.Partition, source.Query with { Limit = PageSize, Continuation = after }, cancellationToken);
            // Every store goes on from the same place: the last document.
            after = page.Continuation is null ? null : Continuation.After(page.Items[^1], source.Query).Encode(source.Query);
            yield return ([.. page.Items.Where(source.Admits).Select(document => ExportLines.Of(document, source.Kind.Written(document.Body.Span)))], after);
        }
        while (after is not null);
    }

    private async IAsyncEnumerable<(IReadOnlyList<ReadOnlyMemory<byte>> Lines, ExportCursor Next)> SessionsAsync(string workspace, string? peer, ExportCursor start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = new Query("head") { Limit = 100 };
        var (after, resumed) = (start.After, start);
        while (true)
        {
            var page = await _store.QueryAsync(Partition.WholeWorkspace(Container.Conversations, workspace), heads with { Continuation = after }, cancellationToken);
            foreach (var head in page.Items)
            {
                var behind = Continuation.After(head, heads).Encode(heads);
                var here = resumed.Session == head.Partition.Second ? resumed : start with { After = after, Session = head.Partition.Second, Kind = 0, Within = null };
                await foreach (var piece in SessionAsync(head.Partition, peer, here, behind, cancellationToken))
                    yield return piece;
                after = behind;
            }

            if (page.Continuation is null)
                yield break;
        }
    }

    private async IAsyncEnumerable<(IReadOnlyList<ReadOnlyMemory<byte>> Lines, ExportCursor Next)> SessionAsync(Partition session, string? peer, ExportCursor start, string behind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Watermarks first: they only grow, and must not be ahead of the messages.
        var marks = await _store.ReadAsync(session, Watermarks.Id, cancellationToken);
        if (await _store.ReadAsync(session, Head.Id, cancellationToken) is not { } document || document.As(DocumentJson.Default.Head) is not { Deleting: false } head
            || await _store.ReadAsync(session, SessionDocument.Id, cancellationToken) is not { } settings
            || (peer is not null && await _store.ReadAsync(session, Member.IdPrefix + peer, cancellationToken) is null))
            yield break;

        var only = new Dictionary<PortableKind, Document?> { [PortableKinds.Watermarks] = marks, [PortableKinds.Head] = document, [PortableKinds.Session] = settings };
        var kinds = PortableKinds.OfSessions;
        for (var i = start.Kind; i < kinds.Count; i++)
        {
            var next = i + 1 < kinds.Count ? start with { Kind = i + 1, Within = null } : new ExportCursor(start.Part, behind);
            if (peer is not null && QueryOf(kinds[i], head, peer) is null)
                continue;
            if (only.TryGetValue(kinds[i], out var one))
            {
                yield return (one is null ? [] : [ExportLines.Of(one, kinds[i].Written(one.Body.Span))], next);
                continue;
            }

            await foreach (var (lines, after) in PagesAsync(new Source(kinds[i], session, QueryOf(kinds[i], head, peer)!, _ => true), i == start.Kind ? start.Within : null, cancellationToken))
                yield return (lines, after is null ? next : start with { Kind = i, Within = after });
        }
    }

    /// <summary>Null for what is not of one peer.</summary>
    private static Query? QueryOf(PortableKind kind, Head head, string? peer)
    {
        var query = new Query(kind.Type);
        if (kind == PortableKinds.Message || kind.Type == Tombstone.DocumentType)
        {
            var visible = new Condition.Compare(Field.Number("sequence"), Comparison.LessOrEqual, (double)head.Visible);
            query = query with { Order = QueryOrder.Sequence, Where = visible };
        }

        if (peer is null || kind == PortableKinds.Session)
            return query;
        return kind == PortableKinds.Message ? query with { Where = Stored.And(query.Where, Is("peerId", peer)) }
            : kind == PortableKinds.Member ? query with { Where = Is("peer", peer) }
            : kind == PortableKinds.AgentSession ? query with { Where = Is("userId", peer) }
            : null;
    }

    private static Condition.Compare Is(string field, string value) => new(Field.Text(field), Comparison.Equal, value);

    private sealed record Source(PortableKind Kind, Partition Partition, Query Query, Func<Document, bool> Admits);
}
