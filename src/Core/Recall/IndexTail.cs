using Kith.Core.Conversations;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Recall;

/// <summary>Messages that are stored but not yet in the index, so that a search finds what was just said.</summary>
internal sealed class IndexTail(IDocumentStore store, MessageLog messages)
{
    /// <summary>Sessions and messages per session that are looked at; a backlog beyond this is being worked off.</summary>
    private const int MaxSessions = 200;
    private const int MaxMessages = 5000;

    public async Task<IReadOnlyList<RecallEntry>> OfAsync(RecallScope scope, CancellationToken cancellationToken)
    {
        var due = await store.DueAsync(scope.Workspace, DateTimeOffset.MaxValue, MaxSessions, cancellationToken);
        var entries = new List<RecallEntry>();
        foreach (var session in due.Where(item => item.Id == Head.Id && (scope.Sessions is null || scope.Sessions.Contains(item.Partition.Second!))))
        {
            var head = await messages.HeadAsync(session.Partition, cancellationToken);
            var marks = await Watermarks.OfAsync(store, session.Partition, cancellationToken);
            var after = Math.Max(marks.Indexed, head.Visible - MaxMessages);
            await foreach (var message in messages.RangeAsync(session.Partition, after, head.Visible, cancellationToken))
            {
                var entry = MessageEntry.Of(message);
                if (scope.Admits(entry))
                    entries.Add(entry);
            }
        }

        return entries;
    }
}
