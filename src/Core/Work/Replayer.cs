using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Repeats steps that failed once and that no watermark asks for any more. Each may be repeated again: what it makes has ids that follow from its sources.</summary>
internal sealed class Replayer(
    IDocumentStore store,
    FailedSteps failures,
    Indexer indexer,
    Deriver deriver,
    Summariser summariser,
    Dreamer dreamer,
    DreamNotes notes,
    TimeProvider time)
{
    public async Task RunAsync(WorkStep.Replay replay, CancellationToken cancellationToken)
    {
        var step = await store.FindAsync(replay.Partition, replay.Id, DocumentJson.Default.FailedStep, cancellationToken);
        if (step?.DueAt is null)
            return;

        if (step.Kind == StepKinds.Dream)
            await DreamAsync(Partition.Memory(replay.Partition.Workspace, step.Observer!, step.Observed!), cancellationToken);
        else if (step.Kind != StepKinds.Start)
            await RepeatAsync(Partition.Conversation(replay.Partition.Workspace, step.Session!), step, cancellationToken);
        await failures.ClearAsync(replay.Partition, replay.Id, cancellationToken);
    }

    /// <summary>It failed again.</summary>
    public async Task FailAsync(WorkStep.Replay replay, string reason, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(replay.Partition, replay.Id, DocumentJson.Default.FailedStep, cancellationToken) is not { } step)
            return;
        if (step.Kind == StepKinds.Dream)
            await dreamer.GiveUpAsync(Partition.Memory(replay.Partition.Workspace, step.Observer!, step.Observed!), reason, cancellationToken);
        else
            await failures.RecordAsync(replay.Partition, step with { Reason = reason, FailedAt = time.GetUtcNow() }, cancellationToken);
    }

    private async Task RepeatAsync(Partition session, FailedStep step, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case StepKinds.Index:
                await indexer.WriteAsync(session, step.After, step.Through, sender: null, cancellationToken);
                break;
            case StepKinds.Derive:
                await deriver.RereadAsync(new Deriver.Window(session, step.After, step.Through), cancellationToken);
                break;
            default:
                await summariser.RepeatAsync(session, step.Kind == StepKinds.ShortSummary ? SummaryKind.Short : SummaryKind.Long, step.After, step.Through, cancellationToken);
                break;
        }

        // Counted once, should the process die before the failed step is gone.
        if (step.Units > 0)
        {
            await Watermarks.ChangeAsync(
                store,
                session,
                marks => marks.Cleared == step.Id ? marks : marks with { FailedUnits = Math.Max(0, marks.FailedUnits - step.Units), Cleared = step.Id },
                cancellationToken);
        }
    }

    private async Task DreamAsync(Partition pair, CancellationToken cancellationToken)
    {
        var dream = await notes.ChangeAsync(pair, current => current is null or { AskedAt: not null } ? current : current with { AskedAt = time.GetUtcNow() }, cancellationToken);
        if (dream is not null)
            await dreamer.RunAsync(pair, cancellationToken);
    }
}
