using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Conversations;

/// <summary>Reads the messages of sessions, never beyond what is visible.</summary>
internal sealed class MessageLog(IDocumentStore store)
{
    /// <summary>Messages read at once when a context is filled from the newest backwards.</summary>
    private const int ContextPage = 100;

    private static readonly Field Sequence = Field.Number("sequence");

    /// <summary>The session's head; an empty one for an unknown session.</summary>
    public async Task<Head> HeadAsync(Partition session, CancellationToken cancellationToken) =>
        await store.FindAsync(session, Head.Id, DocumentJson.Default.Head, cancellationToken) ?? new Head();

    /// <summary>Null when there is no visible message of that id.</summary>
    public async Task<Message?> FindAsync(string workspace, string session, string id, CancellationToken cancellationToken)
    {
        if (!Names.IsValid(id))
            return null;

        // The head says whether the append of the message is whole.
        var found = await store.GatherAsync(Partition.Conversation(workspace, session), [id, Head.Id], [], cancellationToken);
        var message = found.FirstOrDefault(document => document.Id == id)?.As(DocumentJson.Default.Message);
        var head = found.FirstOrDefault(document => document.Id == Head.Id)?.As(DocumentJson.Default.Head) ?? new Head();
        return message?.Sequence > head.Visible ? null : message;
    }

    /// <summary>Those of the ids that name visible messages, by id.</summary>
    public async Task<IReadOnlyDictionary<string, Message>> ByIdAsync(Partition session, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var visible = (await HeadAsync(session, cancellationToken)).Visible;
        var found = new Dictionary<string, Message>();
        foreach (var page in ids.Distinct().Chunk(StoreLimits.PageSize))
        {
            await foreach (var document in store.AllAsync(session, new Query("message") { Ids = page }, cancellationToken))
            {
                if (document.As(DocumentJson.Default.Message) is var message && message.Sequence <= visible)
                    found[message.Id] = message;
            }
        }

        return found;
    }

    public async Task<Page<Message>> PageAsync(Partition session, Paging paging, Condition? where, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(session, cancellationToken);
        var visible = head.Visible;
        if (where is not null)
        {
            var matching = new Query("message") { Order = QueryOrder.Sequence, Descending = paging.Reverse, Where = Stored.And(UpTo(visible), where) };
            return await store.PageAsync(session, matching, paging, DocumentJson.Default.Message, cancellationToken);
        }

        if (paging.Skip >= head.Messages)
            return new Page<Message>([], head.Messages);
        if (head.Tombstones > 0)
        {
            var left = Range(0, visible) with { Descending = paging.Reverse, Skip = paging.Skip, Limit = paging.Size };
            return new Page<Message>(Messages(await store.QueryAsync(session, left, cancellationToken)), head.Messages);
        }

        // Sequences have no gaps, so the page is a range and the total is known: no skipping, no counting.
        var first = paging.Reverse ? visible - paging.Skip - paging.Size : paging.Skip;
        var query = Range(Math.Max(0, first), Math.Min(visible, first + paging.Size)) with { Descending = paging.Reverse, Limit = paging.Size };
        var page = await store.QueryAsync(session, query, cancellationToken);
        return new Page<Message>(Messages(page), visible);
    }

    /// <summary>Messages with <paramref name="after"/> &lt; sequence ≤ <paramref name="through"/>, ascending.</summary>
    public async IAsyncEnumerable<Message> RangeAsync(
        Partition session,
        long after,
        long through,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var document in store.AllAsync(session, Range(after, through), cancellationToken))
            yield return document.As(DocumentJson.Default.Message);
    }

    /// <summary>The newest messages that together have at most so many tokens, none with a sequence of or below <paramref name="after"/>; ascending. None for zero tokens or less.</summary>
    public async Task<IReadOnlyList<Message>> NewestAsync(Partition session, Head head, long tokens, long after, CancellationToken cancellationToken)
    {
        var messages = new List<Message>();
        if (tokens <= 0)
            return messages;

        await foreach (var document in store.AllAsync(session, Range(after, head.Visible) with { Descending = true, Limit = ContextPage }, cancellationToken))
        {
            var message = document.As(DocumentJson.Default.Message);
            tokens -= message.TokenCount;
            if (tokens < 0)
                break;
            messages.Add(message);
        }

        messages.Reverse();
        return messages;
    }

    /// <summary>Of the newest messages those that <see cref="NewestAsync"/> would have read for fewer tokens, or after a later one.</summary>
    public static IReadOnlyList<Message> Fitting(IReadOnlyList<Message> newest, long tokens, long after)
    {
        var first = newest.Count;
        while (tokens > 0 && first > 0 && newest[first - 1].Sequence > after && newest[first - 1].TokenCount <= tokens)
            tokens -= newest[--first].TokenCount;
        return [.. newest.Skip(first)];
    }

    /// <summary>The last message up to a sequence; null when there is none.</summary>
    public async Task<Message?> LastAsync(Partition session, long through, CancellationToken cancellationToken)
    {
        var last = await store.QueryAsync(session, Range(0, through) with { Descending = true, Limit = 1 }, cancellationToken);
        return last.Items.Count == 0 ? null : last.Items[0].As(DocumentJson.Default.Message);
    }

    private static IReadOnlyList<Message> Messages(QueryPage page) => [.. page.Items.Select(document => document.As(DocumentJson.Default.Message))];

    /// <summary>Messages with <paramref name="after"/> &lt; sequence ≤ <paramref name="through"/>.</summary>
    public static Query Range(long after, long through) => new("message")
    {
        Order = QueryOrder.Sequence,
        Where = new Condition.All(new Condition.Compare(Sequence, Comparison.Greater, (double)after), UpTo(through)),
    };

    private static Condition.Compare UpTo(long through) => new(Sequence, Comparison.LessOrEqual, (double)through);
}
