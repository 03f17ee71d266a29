using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Recall;

/// <summary>Messages that are stored but that the index does not find yet, so that a search finds what was just said.</summary>
/// <param name="lag">See <see cref="IRecallIndex.Lag"/>.</param>
internal sealed class IndexTail(IDocumentStore store, MessageLog messages, TimeSpan lag, TimeProvider time)
{
    /// <summary>Sessions and messages per session that are looked at; a backlog beyond this is being worked off.</summary>
    private const int MaxSessions = 200;
    private const int MaxMessages = 5000;

    public async Task<IReadOnlyList<RecallEntry>> OfAsync(RecallScope scope, CancellationToken cancellationToken)
    {
        var entries = new List<RecallEntry>();
        foreach (var session in await SessionsAsync(scope, cancellationToken))
        {
            var read = await store.GatherAsync(session, [Head.Id, Watermarks.Id], [], cancellationToken);
            if (read.FirstOrDefault(document => document.Id == Head.Id)?.As(DocumentJson.Default.Head) is not { } head)
                continue;
            var marks = read.FirstOrDefault(document => document.Id == Watermarks.Id)?.As(DocumentJson.Default.Watermarks) ?? new Watermarks();
            var after = Math.Max(marks.Searchable(time.GetUtcNow(), lag), head.Visible - MaxMessages);
            await foreach (var message in messages.RangeAsync(session, after, head.Visible, cancellationToken))
            {
                var entry = MessageEntry.Of(message);
                if (scope.Admits(entry))
                    entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Sessions with something to index, and those whose index entries are younger than the lag.</summary>
    private async Task<IEnumerable<Partition>> SessionsAsync(RecallScope scope, CancellationToken cancellationToken)
    {
        if (scope.Sessions is { Count: 1 } one)
            return [Partition.Conversation(scope.Workspace, one.Single())];

        var due = await store.DueAsync(new DueQuery(DateTimeOffset.MaxValue) { Workspace = scope.Workspace, Containers = [Container.Conversations], Limit = MaxSessions }, cancellationToken);
        var sessions = due.Where(item => item.Id == Head.Id).Select(item => item.Partition);
        if (lag > TimeSpan.Zero)
        {
            var isRecent = new Condition.Compare(Field.Time("indexedAt"), Comparison.Greater, Timestamp.Of(time.GetUtcNow() - lag));
            var recent = await store.QueryAsync(Partition.WholeWorkspace(Container.Conversations, scope.Workspace), new Query("watermarks") { Where = isRecent, Limit = MaxSessions }, cancellationToken);
            sessions = sessions.Concat(recent.Items.Select(document => document.Partition)).Distinct();
        }

        return sessions.Where(session => scope.Sessions is null || scope.Sessions.Contains(session.Second!));
    }
}
