using Kith.Core.Agency;
using Kith.Core.Conversations;
using Kith.Core.Editing;
using Kith.Core.Erasing;
using Kith.Core.Events;
using Kith.Core.Memory;
using Kith.Core.Porting;
using Kith.Core.Rebuilding;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Threads;

namespace Kith.Core.Work;

/// <summary>
/// Runs one step. Every step may be run again, or twice at once: results are saved under ids that follow from their sources, and watermarks move
/// after the result is saved.
/// </summary>
public sealed class WorkRunner
{
    private readonly IDocumentStore _store;
    private readonly Indexer _indexer;
    private readonly Deriver _deriver;
    private readonly Summariser _summariser;
    private readonly Dreamer _dreamer;
    private readonly Conclusions _conclusions;
    private readonly Purger _purger;
    private readonly Settler _settler;
    private readonly ThreadExpiry _expiry;
    private readonly Replier _replier;
    private readonly Rebuilder _rebuilder;
    private readonly Erasures _erasures;
    private readonly Eraser _eraser;
    private readonly Importer _importer;
    private readonly EmbeddingModels _models;
    private readonly FailedSteps _failures;
    private readonly Replayer _replayer;
    private readonly Outbox _outbox;
    private readonly Courier _courier;
    private readonly Editor _editor;
    private readonly TimeProvider _time;

    internal WorkRunner(
        IDocumentStore store,
        Indexer indexer,
        Deriver deriver,
        Summariser summariser,
        Dreamer dreamer,
        Conclusions conclusions,
        Purger purger,
        Settler settler,
        ThreadExpiry expiry,
        Replier replier,
        Rebuilder rebuilder,
        Erasures erasures,
        Eraser eraser,
        Importer importer,
        EmbeddingModels models,
        FailedSteps failures,
        Replayer replayer,
        Outbox outbox,
        Courier courier,
        Editor editor,
        TimeProvider time)
    {
        _store = store;
        _indexer = indexer;
        _deriver = deriver;
        _summariser = summariser;
        _dreamer = dreamer;
        _conclusions = conclusions;
        _purger = purger;
        _settler = settler;
        _expiry = expiry;
        _replier = replier;
        _rebuilder = rebuilder;
        _erasures = erasures;
        _eraser = eraser;
        _importer = importer;
        _models = models;
        _failures = failures;
        _replayer = replayer;
        _outbox = outbox;
        _courier = courier;
        _editor = editor;
        _time = time;
    }

    /// <summary>Throws <see cref="KithException"/> with <see cref="ErrorCode.Unavailable"/> for what a retry may cure; anything else is permanent (see <see cref="SkipAsync"/>).</summary>
    public Task RunAsync(WorkStep step, CancellationToken cancellationToken) => step switch
    {
        WorkStep.Index index => _indexer.RunAsync(index, cancellationToken),
        WorkStep.Derive derive => _deriver.RunAsync(derive, cancellationToken),
        WorkStep.Summarise summarise => _summariser.RunAsync(summarise, cancellationToken),
        WorkStep.Settle settle => _settler.SessionAsync(settle, cancellationToken),
        WorkStep.Wait wait => _settler.WaitAsync(wait, cancellationToken),
        WorkStep.Reply reply => _replier.RunAsync(reply, cancellationToken),
        WorkStep.PurgeSession purge => PurgeAsync(purge.Partition, cancellationToken),
        WorkStep.ExpireThread expire => _expiry.ExpireAsync(expire.Partition, cancellationToken),
        WorkStep.PurgeWorkspace purge => _erasures.PurgeWorkspaceAsync(purge.Partition.Workspace, cancellationToken),
        WorkStep.ProjectWorkspace project => _settler.WorkspaceAsync(project.Partition, cancellationToken),
        WorkStep.Consolidate consolidate => _dreamer.RunAsync(consolidate.Partition, cancellationToken),
        WorkStep.IndexConclusions index => _conclusions.RepairIndexAsync(index.Partition, index.Ids, cancellationToken),
        WorkStep.Rebuild rebuild => _rebuilder.RunAsync(rebuild.Partition, cancellationToken),
        WorkStep.Erase erase => _eraser.RunAsync(erase.Partition, erase.Id, cancellationToken),
        WorkStep.Import import => _importer.RunAsync(import.Partition, cancellationToken),
        WorkStep.Reembed reembed => _models.SpreadAsync(reembed.Partition, cancellationToken),
        WorkStep.Replay replay => _replayer.RunAsync(replay, cancellationToken),
        WorkStep.Announce announce => _outbox.RunAsync(announce, cancellationToken),
        WorkStep.Deliver deliver => _courier.RunAsync(deliver, cancellationToken),
        WorkStep.Edit edit => _editor.RunAsync(edit, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>Notes why the work of a session waits, for those who ask how far it is; nothing for other steps.</summary>
    /// <param name="pause">After which the step is tried again, by how long it has not succeeded.</param>
    public Task StalledAsync(WorkStep step, string reason, Func<TimeSpan, TimeSpan> pause, CancellationToken cancellationToken) =>
        NoteStallAsync(step, reason, (since, now) => now + pause(now - since), cancellationToken);

    private async Task NoteStallAsync(WorkStep step, string reason, Func<DateTimeOffset, DateTimeOffset, DateTimeOffset> until, CancellationToken cancellationToken)
    {
        if (RangeOf(step) is not { } range || await _store.ReadAsync(step.Partition, Head.Id, cancellationToken) is null)
            return;
        var now = _time.GetUtcNow();
        await Watermarks.ChangeAsync(_store, step.Partition, Stalled, cancellationToken);

        Watermarks Stalled(Watermarks marks)
        {
            var since = marks.Stall?.Since ?? now;
            return marks with { Stall = new Stall(range.Kind, reason, since, until(since, now)) };
        }
    }

    /// <summary>Leaves the work of a session alone until a time, unless something comes in. False for other steps.</summary>
    public async Task<bool> DeferAsync(WorkStep step, string reason, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (RangeOf(step) is null)
            return false;
        await NoteStallAsync(step, reason, (_, _) => until, cancellationToken);
        await _settler.DeferAsync(step.Partition, until, cancellationToken);
        return true;
    }

    /// <summary>
    /// Gives a step up that cannot succeed: records it with its reason and moves the watermark, so that later work goes on.
    /// False for steps that nothing may skip; they are tried again.
    /// </summary>
    public async Task<bool> SkipAsync(WorkStep step, string reason, CancellationToken cancellationToken)
    {
        if (step is WorkStep.Consolidate)
        {
            await _dreamer.GiveUpAsync(step.Partition, reason, cancellationToken);
            return true;
        }

        if (step is WorkStep.Reply reply)
            return await _replier.SkipAsync(reply, reason, cancellationToken);
        if (step is WorkStep.Replay replay)
        {
            await _replayer.FailAsync(replay, reason, cancellationToken);
            return true;
        }

        if (step is WorkStep.Edit edit)
        {
            await _editor.GiveUpAsync(edit, reason, cancellationToken);
            return true;
        }

        var now = _time.GetUtcNow();
        if (step is WorkStep.Rebuild)
        {
            var job = await _store.FindAsync(step.Partition, Rebuilding.Rebuild.DocumentId, DocumentJson.Default.Rebuild, cancellationToken);
            var rebuild = new FailedStep
            {
                Id = Rebuilder.FailureIdOf(step.Partition),
                Session = job?.Session,
                Observed = job?.Peer,
                Kind = StepKinds.Rebuild,
                Target = step.Partition.Second,
                Reason = reason,
                CreatedAt = now,
                FailedAt = now,
            };
            await _failures.RecordAsync(step.Partition, rebuild, cancellationToken);
            await _rebuilder.FailAsync(step.Partition, reason, cancellationToken);
            return true;
        }

        if (step is WorkStep.Import)
        {
            await _importer.FailAsync(step.Partition, reason, cancellationToken);
            return true;
        }

        if (step is WorkStep.Erase erase)
        {
            await _eraser.FailAsync(erase.Partition, erase.Id, reason, cancellationToken);
            return true;
        }

        if (RangeOf(step) is not { } range)
            return false;

        var (kind, after, through) = range;
        var session = step.Partition.Second!;
        var units = step switch
        {
            WorkStep.Derive => await _deriver.CountDueAsync(step.Partition, after, through, cancellationToken),
            WorkStep.Summarise => 1,
            _ => 0,
        };
        var failed = new FailedStep
        {
            Id = Ids.Of(kind, session, $"{after}", $"{through}"),
            Session = session,
            Kind = kind,
            After = after,
            Through = through,
            Units = units,
            Reason = reason,
            CreatedAt = now,
            FailedAt = now,
        };
        await _failures.RecordAsync(Partition.Work(step.Partition.Workspace, session), failed, cancellationToken);
        await Watermarks.ChangeAsync(_store, step.Partition, Advance, cancellationToken);
        return true;

        Watermarks Advance(Watermarks marks) => step switch
        {
            WorkStep.Index when marks.Indexed < through => marks with { Indexed = through, Stall = null },
            WorkStep.Derive when marks.Derived < through =>
                marks with { Derived = through, Plan = null, DerivedUnits = marks.DerivedUnits + units, FailedUnits = marks.FailedUnits + units, Stall = null },
            WorkStep.Summarise { Kind: SummaryKind.Short } when marks.ShortSummarised < through =>
                marks with { ShortSummarised = through, FailedUnits = marks.FailedUnits + units, Stall = null },
            WorkStep.Summarise { Kind: SummaryKind.Long } when marks.LongSummarised < through =>
                marks with { LongSummarised = through, FailedUnits = marks.FailedUnits + units, Stall = null },
            _ => marks,
        };
    }

    /// <summary>The messages of a step that a watermark follows; null for others.</summary>
    private static (string Kind, long After, long Through)? RangeOf(WorkStep step) => step switch
    {
        WorkStep.Index index => (StepKinds.Index, index.After, index.Through),
        WorkStep.Derive derive => (StepKinds.Derive, derive.After, derive.Through),
        WorkStep.Summarise summarise => (StepKinds.Of(summarise.Kind), summarise.After, summarise.Through),
        _ => null,
    };

    /// <summary>Of an expired thread only the messages go; a session that somebody deleted is erased, with a receipt.</summary>
    private async Task PurgeAsync(Partition session, CancellationToken cancellationToken)
    {
        var head = await _store.FindAsync(session, Head.Id, DocumentJson.Default.Head, cancellationToken);
        if (head is { Expired: true })
            await _purger.SessionAsync(session, cancellationToken);
        else if (head is not null)
            await _erasures.PurgeSessionAsync(session, cancellationToken);
    }
}
