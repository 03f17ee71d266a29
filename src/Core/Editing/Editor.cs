using Kith.Core.Conversations;
using Kith.Core.Erasing;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Editing;

/// <summary>
/// Makes anew what was made of messages before they were edited: what rests on the old words alone goes, the new ones are read, indexed and summarised. Each piece
/// may be repeated. A message that was not derived yet needs none of it and is left until it was.
/// </summary>
internal sealed class Editor(
    IDocumentStore store,
    IRecallIndex index,
    SessionLanes lanes,
    Withdrawals withdrawals,
    Deriver deriver,
    Indexer indexer,
    FailedSteps failures,
    TimeProvider time)
{
    private static readonly Query All = new(PendingEdit.DocumentType);

    /// <summary>Null when nothing can be done yet.</summary>
    /// <param name="head">Of a session that was edited since it was last looked at.</param>
    public async Task<WorkStep?> PlanAsync(Partition session, Head head, Watermarks marks, CancellationToken cancellationToken)
    {
        var pending = await PendingAsync(session, cancellationToken);
        return pending.Count == 0 || pending.Any(edit => IsDue(edit, marks)) ? new WorkStep.Edit(session, head.Edits) : null;
    }

    public async Task RunAsync(WorkStep.Edit step, CancellationToken cancellationToken)
    {
        var session = step.Partition;
        var marks = await Watermarks.OfAsync(store, session, cancellationToken);
        var left = false;
        foreach (var edit in await PendingAsync(session, cancellationToken))
        {
            if (!IsDue(edit, marks))
                left = true;
            else
                await RedoAsync(session, edit, marks, cancellationToken);
        }

        if (!left)
            await CloseAsync(step, cancellationToken);
    }

    /// <summary>Records for each message that it has to be read again, and goes on.</summary>
    public async Task GiveUpAsync(WorkStep.Edit step, string reason, CancellationToken cancellationToken)
    {
        var (session, now) = (step.Partition, time.GetUtcNow());
        foreach (var edit in await PendingAsync(session, cancellationToken))
        {
            var failed = new FailedStep
            {
                Id = Ids.Of(StepKinds.Derive, session.Second!, edit.MessageId, edit.Run),
                Session = session.Second,
                Kind = StepKinds.Derive,
                After = edit.Sequence - 1,
                Through = edit.Sequence,
                Reason = reason,
                CreatedAt = now,
                FailedAt = now,
            };
            await failures.RecordAsync(Partition.Work(session.Workspace, session.Second!), failed, cancellationToken);
            await ForgetAsync(session, edit, cancellationToken);
        }

        await CloseAsync(step, cancellationToken);
    }

    private Task CloseAsync(WorkStep.Edit step, CancellationToken cancellationToken)
    {
        return lanes.ChangeAsync(step.Partition, Close, cancellationToken);

        SessionChange Close(SessionState state) =>
            new(state.Head.EditsDone >= step.Through ? state : state with { Head = state.Head with { EditsDone = step.Through } });
    }

    private async Task RedoAsync(Partition session, PendingEdit edit, Watermarks marks, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(session, edit.MessageId, DocumentJson.Default.Message, cancellationToken) is { } message)
        {
            await withdrawals.SettleAsync(session, [edit.MessageId], except: null, cancellationToken);
            await deriver.RereadAsync(new Deriver.Window(session, edit.Sequence - 1, edit.Sequence, Run: edit.Run), cancellationToken);
            if (string.IsNullOrWhiteSpace(message.Content))
                await index.DeleteAsync(session.Workspace, RecallKind.Message, [message.Id], cancellationToken);
            else
                await indexer.WriteAsync(session, edit.Sequence - 1, edit.Sequence, sender: null, cancellationToken);
            if (marks.Summarised > 0 && (marks.ShortSummarised >= edit.Sequence || marks.LongSummarised >= edit.Sequence))
                await SummariseAnewAsync(session, cancellationToken);
        }

        await ForgetAsync(session, edit, cancellationToken);
    }

    private async Task SummariseAnewAsync(Partition session, CancellationToken cancellationToken)
    {
        await store.DeleteAllAsync(store.AllAsync(session, new Query("summary"), cancellationToken), cancellationToken);
        await Watermarks.ChangeAsync(store, session, marks => marks with { ShortSummarised = 0, LongSummarised = 0 }, cancellationToken);
    }

    /// <summary>One that was edited again meanwhile is done again.</summary>
    private async Task ForgetAsync(Partition session, PendingEdit edit, CancellationToken cancellationToken)
    {
        var id = PendingEdit.IdOf(edit.MessageId);
        if (await store.ReadAsync(session, id, cancellationToken) is { } document && document.As(DocumentJson.Default.PendingEdit).Run == edit.Run)
            await store.ExecuteAsync(session, [new Operation.Delete(id, document.ETag)], cancellationToken);
    }

    private static bool IsDue(PendingEdit edit, Watermarks marks) => edit.Sequence <= marks.Derived && edit.Sequence <= marks.Indexed;

    private async Task<List<PendingEdit>> PendingAsync(Partition session, CancellationToken cancellationToken)
    {
        var pending = new List<PendingEdit>();
        await foreach (var document in store.AllAsync(session, All, cancellationToken))
            pending.Add(document.As(DocumentJson.Default.PendingEdit));
        return pending;
    }
}
