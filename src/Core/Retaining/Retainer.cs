using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Retaining;

/// <summary>
/// Removes what a workspace keeps no longer. Messages leave tombstones, as erased ones do, and their index entries go; conclusions and summaries that rest on them stay, and no
/// rebuild touches those. A message that was not yet learnt from waits until it was. Safe to repeat, and done in pieces.
/// </summary>
internal sealed class Retainer(IDocumentStore store, SessionLanes lanes, IRecallIndex index, Removals removals, TimeProvider time)
{
    /// <summary>Within that time the files below the store let go of what was removed: they are written anew for it, which is not done every hour.</summary>
    public static readonly TimeSpan Lingering = TimeSpan.FromDays(1);

    /// <summary>How often a workspace is looked through.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>A message takes two operations of a batch.</summary>
    private const int MessagesPerBatch = 40;

    /// <summary>Removed in one piece.</summary>
    private const int Piece = StoreLimits.PageSize;

    /// <summary>Whether something was removed, and whether there may be more to remove now.</summary>
    public async Task<(bool HasRemoved, bool IsMore)> RunAsync(string workspace, Retention retention, CancellationToken cancellationToken)
    {
        var (removed, more) = (false, false);
        if (retention.MessageDays is { } messages)
            (removed, more) = await RemoveMessagesAsync(workspace, Before(messages), cancellationToken);
        if (retention.ConclusionDays is { } conclusions)
        {
            var (hasRemoved, isMore) = await RemoveConclusionsAsync(workspace, Before(conclusions), cancellationToken);
            (removed, more) = (removed || hasRemoved, more || isMore);
        }

        return (removed, more);
    }

    private async Task<(bool HasRemoved, bool IsMore)> RemoveMessagesAsync(string workspace, Condition before, CancellationToken cancellationToken)
    {
        var query = new Query("message") { Where = before, Limit = Piece };
        var page = await store.QueryAsync(Partition.WholeWorkspace(Container.Conversations, workspace), query, cancellationToken);
        var removed = 0;
        foreach (var session in page.Items.GroupBy(document => document.Partition))
        {
            var marks = await Watermarks.OfAsync(store, session.Key, cancellationToken);
            var learnt = session.Select(document => document.As(DocumentJson.Default.Message)).Where(message => message.Sequence <= Math.Min(marks.Derived, marks.Indexed));
            foreach (var batch in learnt.OrderBy(message => message.Sequence).Chunk(MessagesPerBatch))
            {
                // The entries first: a message that is still there brings whoever comes next back to them.
                await index.DeleteAsync(workspace, RecallKind.Message, [.. batch.Select(message => message.Id)], cancellationToken);
                await BuryAsync(session.Key, batch, cancellationToken);
                removed += batch.Length;
            }
        }

        return (removed > 0, removed > 0 && page.Continuation is not null);
    }

    private Task BuryAsync(Partition session, Message[] messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var piece = Ids.Of(Tombstone.OfRetention, messages[0].Id, messages[^1].Id);
        IEnumerable<Operation> operations = messages.SelectMany(message => new Operation[]
        {
            new Operation.Delete(message.Id),
            new Operation.Create(Tombstone.IdOf(message.Sequence), Body(message)),
        });
        return lanes.ChangeAsync(session, Buried, cancellationToken);

        // Whoever did the same piece at the same time has done it already; a session that is being deleted takes its messages along.
        SessionChange Buried(SessionState state) => !state.Exists || state.Head.Deleting || state.Head.Erased == piece
            ? new SessionChange(state)
            : new SessionChange(state with { Head = state.Head with { Erased = piece, Tombstones = state.Head.Tombstones + messages.Length } }) { Operations = [.. operations] };

        byte[] Body(Message message) => Stored.Body(
            new Tombstone { MessageId = message.Id, Sequence = message.Sequence, CreatedAt = now, Erasure = Tombstone.OfRetention },
            DocumentJson.Default.Tombstone);
    }

    /// <summary>With the reasoner's answers that they were made of: a rebuild that needs one asks anew.</summary>
    private async Task<(bool HasRemoved, bool IsMore)> RemoveConclusionsAsync(string workspace, Condition before, CancellationToken cancellationToken)
    {
        var query = new Query("conclusion") { Where = before, Limit = Piece };
        var page = await store.QueryAsync(Partition.WholeWorkspace(Container.Memory, workspace), query, cancellationToken);
        foreach (var pair in page.Items.GroupBy(document => document.Partition))
            await removals.RemoveAsync(pair.Key, [.. pair.Select(document => document.Id)], erases: false, cancellationToken);
        var made = await store.QueryAsync(Partition.WholeWorkspace(Container.Conversations, workspace), new Query("derivation") { Where = before, Limit = Piece }, cancellationToken);
        await store.DeleteAllAsync(made.Items.ToAsyncEnumerable(), cancellationToken);
        return (page.Items.Count + made.Items.Count > 0, page.Continuation is not null || made.Continuation is not null);
    }

    private Condition Before(int days) => new Condition.Compare(Field.Time("createdAt"), Comparison.Less, Timestamp.Of(time.GetUtcNow() - TimeSpan.FromDays(days)));
}
