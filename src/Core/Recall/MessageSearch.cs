using System.Text.Json;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Recall;

/// <summary>Hybrid search over messages.</summary>
public sealed class MessageSearch
{
    private const int MaxCandidates = 1000;

    private readonly IDocumentStore _store;
    private readonly IRecallIndex _index;
    private readonly MessageLog _messages;
    private readonly IndexTail _tail;
    private readonly Peers _peers;
    private readonly QueryEmbedding _embedding;

    internal MessageSearch(IDocumentStore store, IRecallIndex index, MessageLog messages, IndexTail tail, Peers peers, QueryEmbedding embedding)
    {
        _store = store;
        _index = index;
        _messages = messages;
        _tail = tail;
        _peers = peers;
        _embedding = embedding;
    }

    /// <summary>
    /// Best first, at most the request's limit, near-duplicates only where there is room. A message is found as soon as its append
    /// returned. While the embedding model does not answer, or its vectors are not all made yet, messages are found by text alone.
    /// </summary>
    public async Task<MessageMatches> SearchAsync(MessageSearchRequest request, CancellationToken cancellationToken)
    {
        var seen = request.Perspective is null ? null : await MembershipsAsync(request.Workspace, request.Perspective, cancellationToken);
        var sessions = Allowed(request, seen?.Keys);
        if (sessions is { Count: 0 })
            return new([], IsTextOnly: false);
        if (string.IsNullOrWhiteSpace(request.Query))
            return new(await NewestAsync(request, sessions, seen, cancellationToken), IsTextOnly: false);

        var scope = new RecallScope { Workspace = request.Workspace, Kind = RecallKind.Message, Peer = request.Peer, Sessions = sessions, From = request.From, To = request.To };
        var embedded = request.ByWords ? default : await _embedding.OfAsync(request.Workspace, request.Query, cancellationToken);
        var tail = await _tail.OfAsync(scope, cancellationToken);
        var narrow = request.Where is not null || seen is not null;

        // A filter is applied after the index: where it takes much away, or the same is said all the time, look further down the ranking.
        var wanted = narrow ? request.Limit * 5 : request.Limit + Math.Min(request.Limit, Variety.Spare);
        for (var candidates = Math.Min(MaxCandidates, wanted); ; candidates = Math.Min(MaxCandidates, candidates * 5))
        {
            var hits = await _index.SearchAsync(new RecallQuery(scope) { Text = request.Query, Model = embedded.Model, Vector = embedded.Vector, MatchesOnly = !request.IncludesUnrelated, Limit = candidates, Tail = tail }, cancellationToken);
            var found = await LoadAsync(request, hits, seen, cancellationToken);
            var isVaried = Variety.TryFill(found, request.Limit, out var chosen) || found.Count >= Variety.MostMatches;
            if ((isVaried && chosen.Count == request.Limit) || hits.Count < candidates || candidates == MaxCandidates)
                return new(chosen, embedded.IsOutage);
        }
    }

    private static HashSet<string>? Allowed(MessageSearchRequest request, IEnumerable<string>? seen)
    {
        HashSet<string>? allowed = null;
        Restrict(request.Session is null ? null : [request.Session]);
        Restrict(request.Sessions);
        Restrict(seen);
        return allowed;

        void Restrict(IEnumerable<string>? sessions)
        {
            if (sessions is null)
                return;
            if (allowed is null)
                allowed = [.. sessions];
            else
                allowed.IntersectWith(sessions);
        }
    }

    /// <summary>Which sessions the peer is or was in, and for which messages.</summary>
    private async Task<Dictionary<string, Member>> MembershipsAsync(string workspace, string peer, CancellationToken cancellationToken)
    {
        var members = new Dictionary<string, Member>(StringComparer.Ordinal);
        foreach (var session in await _peers.SessionNamesAsync(workspace, peer, cancellationToken))
        {
            var member = await _store.FindAsync(Partition.Conversation(workspace, session), Member.IdPrefix + peer, DocumentJson.Default.Member, cancellationToken);
            if (member is not null)
                members[session] = member;
        }

        return members;
    }

    private async Task<IReadOnlyList<MessageMatch>> LoadAsync(
        MessageSearchRequest request,
        IReadOnlyList<RecallHit> hits,
        Dictionary<string, Member>? seen,
        CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, Document>();
        foreach (var session in hits.GroupBy(hit => hit.Session!))
        {
            string[] ids = [.. session.Select(hit => hit.Id)];
            var query = new Query("message") { Ids = ids, Order = QueryOrder.Sequence, Limit = StoreLimits.PageSize };
            foreach (var document in (await _store.QueryAsync(Partition.Conversation(request.Workspace, session.Key), query, cancellationToken)).Items)
                documents[document.Id] = document;
        }

        var found = new List<MessageMatch>();
        foreach (var hit in hits)
        {
            if (documents.TryGetValue(hit.Id, out var document) && Admits(request, document, seen) is { } message)
                found.Add(new MessageMatch(message, hit));
        }

        return found;
    }

    private static Message? Admits(MessageSearchRequest request, Document document, Dictionary<string, Member>? seen)
    {
        if (request.Where is not null && !ConditionEvaluator.Matches(request.Where, JsonElement.Parse(document.Body.Span)))
            return null;

        var message = document.As(DocumentJson.Default.Message);
        return seen is null || seen[message.SessionId].At(message.Sequence) is not null ? message : null;
    }

    private async Task<IReadOnlyList<MessageMatch>> NewestAsync(
        MessageSearchRequest request,
        HashSet<string>? sessions,
        Dictionary<string, Member>? seen,
        CancellationToken cancellationToken)
    {
        var partition = request.Session is null
            ? Partition.WholeWorkspace(Container.Conversations, request.Workspace)
            : Partition.Conversation(request.Workspace, request.Session);
        var author = request.Peer is null ? null : new Condition.Compare(Field.Text("peerId"), Comparison.Equal, request.Peer);
        var within = sessions is null ? null : new Condition.In(Field.Text("sessionId"), [.. sessions]);
        // The messages of one call were said at one time: a whole call more is read, so that their places decide.
        var limit = seen is null ? request.Limit + Limits.MessagesPerCall : MaxCandidates;
        var time = Field.Time("createdAt");
        var since = request.From is { } from ? new Condition.Compare(time, Comparison.GreaterOrEqual, Timestamp.Of(from)) : null;
        var before = request.To is { } to ? new Condition.Compare(time, Comparison.Less, Timestamp.Of(to)) : null;
        var query = new Query("message") { Where = Stored.And(request.Where, author, within, since, before), Descending = true, Limit = limit };
        var found = new List<MessageMatch>();
        var visible = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var document in (await _store.QueryAsync(partition, query, cancellationToken)).Items)
        {
            var session = document.Partition.Second!;
            if (!visible.ContainsKey(session))
                visible[session] = (await _messages.HeadAsync(document.Partition, cancellationToken)).Visible;
            if (Admits(request, document, seen) is { } message && message.Sequence <= visible[session])
                found.Add(new MessageMatch(message, new RecallHit(message.Id, message.SessionId, null, null, message.Sequence, 0, null, null, null)));
        }

        return [.. found.OrderByDescending(match => match.Message.CreatedAt).ThenByDescending(match => match.Message.Sequence).Take(request.Limit)];
    }
}
