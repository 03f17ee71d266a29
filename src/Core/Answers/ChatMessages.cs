using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Answers;

/// <summary>The messages that one question may see.</summary>
internal sealed class ChatMessages(IDocumentStore store, MessageLog log, MessageSearch search, ConclusionRecall recall, ChatScope scope)
{
    /// <summary>So many sessions are asked one by one, each in its partition; more of them together, in the whole workspace.</summary>
    private const int MostSingly = 16;

    /// <summary>Of the newest messages that may be seen, so many are searched for parts of words. Whole words are found by the index however old they are.</summary>
    private const int MostScanned = 10_000;

    private const int MostSources = 20;

    private static readonly Field CreatedAt = Field.Time("createdAt");

    /// <param name="request">Without sessions: those of the scope apply.</param>
    public async Task<Found> SearchAsync(MessageSearchRequest request, int around, CancellationToken cancellationToken)
    {
        var inThePast = request.From is not null || request.To is not null;
        var found = await search.SearchAsync(request with { IncludesUnrelated = true, Sessions = scope.Sessions, Where = scope.Messages, To = scope.EndBefore(request.To) }, cancellationToken);
        return new Found([], await ExcerptsAsync(found.Items, around, inThePast, cancellationToken)) { IsTextOnly = found.IsTextOnly };
    }

    public async Task<Found> GrepAsync(string text, int limit, int around, CancellationToken cancellationToken)
    {
        var holds = new Condition.TextContains(Field.Text("content"), text);
        var byWords = new MessageSearchRequest(scope.Workspace, text) { ByWords = true, Where = Stored.And(scope.Messages, holds), Limit = limit, Sessions = scope.Sessions, To = scope.End };
        var found = (await search.SearchAsync(byWords, cancellationToken)).Items;
        if (found.Count < limit)
        {
            var newest = new Query("message") { Where = Within(null, null, holds), Descending = true, Limit = limit };
            var scanned = await ReadAsync(newest, NewestAsync, cancellationToken);
            found = [.. found.Concat(scanned.Select(Match)).DistinctBy(match => match.Message.Id).Take(limit)];
        }

        return new Found([], await ExcerptsAsync(found, around, inThePast: false, cancellationToken));
    }

    public async Task<Found> ByDateAsync(DateTimeOffset? from, DateTimeOffset? to, int limit, CancellationToken cancellationToken)
    {
        var query = new Query("message") { Where = Within(from, to), Descending = from is null, Limit = limit };
        var read = await ReadAsync(query, null, cancellationToken);
        var found = read.OrderBy(message => message.CreatedAt).ThenBy(message => message.Sequence).Select(Match);
        return new Found([], await ExcerptsAsync([.. found], around: 0, inThePast: true, cancellationToken));
    }

    /// <summary>The messages that the conclusions rest on.</summary>
    public async Task<Found> BehindAsync(IReadOnlyList<Conclusion> conclusions, int around, CancellationToken cancellationToken)
    {
        var reads = conclusions
            .GroupBy(conclusion => conclusion.SessionId, conclusion => conclusion.MessageIds)
            .Select(group => SaidAsync(group.Key, [.. group.SelectMany(ids => ids).Distinct().TakeLast(MostSources)]));
        var found = (await Task.WhenAll(reads)).SelectMany(messages => messages).OrderBy(message => message.CreatedAt).ThenBy(message => message.Sequence);
        return new Found([], await ExcerptsAsync([.. found.Take(MostSources).Select(Match)], around, inThePast: true, cancellationToken));

        async Task<IEnumerable<Message>> SaidAsync(string? session, IReadOnlyList<string> ids)
        {
            if (ids.Count == 0)
                return [];
            var partition = session is null ? Partition.WholeWorkspace(Container.Conversations, scope.Workspace) : Partition.Conversation(scope.Workspace, session);
            return Messages(await store.QueryAsync(partition, new Query("message") { Ids = ids, Where = Within(null, null) }, cancellationToken));
        }
    }

    private static MessageMatch Match(Message message) => new(message, new RecallHit(message.Id, message.SessionId, null, null, message.Sequence, 0, null, null, null));

    private static IEnumerable<Message> Messages(QueryPage page) => page.Items.Select(document => document.As(DocumentJson.Default.Message));

    private Condition Within(DateTimeOffset? from, DateTimeOffset? to, params IReadOnlyList<Condition?> also) => Stored.And(
        [
            from is { } first ? new Condition.Compare(CreatedAt, Comparison.GreaterOrEqual, Timestamp.Of(first)) : null,
            scope.EndBefore(to) is { } end ? new Condition.Compare(CreatedAt, Comparison.Less, Timestamp.Of(end)) : null,
            scope.Messages,
            .. also,
        ]);

    /// <summary>The first of a query over all sessions of the scope, in the query's order by time.</summary>
    /// <param name="bound">Limits the query in a partition that is one of so many.</param>
    private async Task<IReadOnlyList<Message>> ReadAsync(Query query, Func<Partition, int, CancellationToken, Task<Condition?>>? bound, CancellationToken cancellationToken)
    {
        var singly = scope.Sessions is { Count: <= MostSingly };
        var partitions = singly
            ? scope.Sessions!.Select(session => Partition.Conversation(scope.Workspace, session)).ToArray()
            : [Partition.WholeWorkspace(Container.Conversations, scope.Workspace)];
        var within = singly || scope.Sessions is null ? null : new Condition.In(Field.Text("sessionId"), scope.Sessions);
        var read = (await Task.WhenAll(partitions.Select(PageAsync))).SelectMany(Messages);
        return [.. (query.Descending ? read.OrderByDescending(message => message.CreatedAt) : read.OrderBy(message => message.CreatedAt)).Take(query.Limit)];

        async Task<QueryPage> PageAsync(Partition partition)
        {
            var limit = bound is null ? null : await bound(partition, partitions.Length, cancellationToken);
            // The bound first: it is what the store has an index for.
            return await store.QueryAsync(partition, query with { Where = Stored.And(limit, within, query.Where) }, cancellationToken);
        }
    }

    /// <summary>Holds for the newest messages of a partition that is one of so many.</summary>
    private async Task<Condition?> NewestAsync(Partition partition, int partitions, CancellationToken cancellationToken)
    {
        var last = new Query("message") { Descending = true, Skip = MostScanned / partitions, Limit = 1 };
        var beyond = Messages(await store.QueryAsync(partition, last, cancellationToken)).FirstOrDefault();
        return beyond is null ? null : new Condition.Compare(CreatedAt, Comparison.Greater, Timestamp.Of(beyond.CreatedAt));
    }

    /// <summary>Each message with those around it. Where these overlap or touch, they become one excerpt in the place of the better one.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<RecalledMessage>>> ExcerptsAsync(IReadOnlyList<MessageMatch> found, int around, bool inThePast, CancellationToken cancellationToken)
    {
        found = [.. found.Where(match => scope.Sees(match.Message.SessionId))];
        var sessions = await Task.WhenAll(found.GroupBy(match => match.Message.SessionId).Select(session => RunsAsync(session.Key, [.. session])));
        var runs = sessions.SelectMany(session => session).ToArray();
        var outdated = await OutdatedAsync([.. runs.SelectMany(run => run).Select(message => message.Id)], inThePast, cancellationToken);
        var ranks = found.Select((match, rank) => (match, rank)).ToDictionary(item => item.match.Message.Id, item => (item.rank, item.match.Hit));
        return
        [
            .. runs
                .Select(run => run.Where(message => !outdated.Contains(message.Id)).ToArray())
                .Where(run => run.Any(message => ranks.ContainsKey(message.Id)))
                .OrderBy(run => run.Min(message => ranks.TryGetValue(message.Id, out var place) ? place.rank : int.MaxValue))
                .Select(run => run.Select(message => Recalled(message, ranks.GetValueOrDefault(message.Id).Hit)).ToArray()),
        ];

        async Task<IReadOnlyList<IReadOnlyList<Message>>> RunsAsync(string session, MessageMatch[] matches)
        {
            var partition = Partition.Conversation(scope.Workspace, session);
            var visible = (await log.HeadAsync(partition, cancellationToken)).Visible;
            var shown = matches.Select(match => match.Message).Where(message => message.Sequence <= visible);
            if (around == 0 || scope.Messages is not null)
                return [.. shown.Select(message => new[] { message })];

            var spans = Joined(shown.Select(message => message.Sequence).Order(), around);
            return await Task.WhenAll(spans.Select(span => SpanAsync(partition, span.First, Math.Min(span.Last, visible))));
        }

        async Task<IReadOnlyList<Message>> SpanAsync(Partition partition, long first, long last)
        {
            var span = new List<Message>();
            await foreach (var message in log.RangeAsync(partition, first - 1, last, cancellationToken))
            {
                if (!(message.CreatedAt >= scope.End))
                    span.Add(message);
            }

            return span;
        }
    }

    private static List<(long First, long Last)> Joined(IEnumerable<long> sequences, int around)
    {
        var spans = new List<(long First, long Last)>();
        foreach (var sequence in sequences)
        {
            var first = Math.Max(1, sequence - around);
            if (spans.Count > 0 && first <= spans[^1].Last + 1)
                spans[^1] = (spans[^1].First, sequence + around);
            else
                spans.Add((first, sequence + around));
        }

        return spans;
    }

    private async Task<IReadOnlySet<string>> OutdatedAsync(string[] ids, bool inThePast, CancellationToken cancellationToken)
    {
        var outdated = new HashSet<string>(StringComparer.Ordinal);
        if (scope is not { Observer: not null, Clocks.IsNow: true })
            return outdated;
        foreach (var memory in scope.Memories)
            outdated.UnionWith(await recall.OutdatedAsync(memory, ids, inThePast, cancellationToken));
        return outdated;
    }

    private static RecalledMessage Recalled(Message message, RecallHit? hit) =>
        new(message.Id, message.SessionId, message.PeerId, message.Content, message.CreatedAt, hit?.Score ?? 0, hit?.Distance);
}
