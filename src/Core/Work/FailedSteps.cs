using Kith.Core.Events;
using Kith.Core.Filters;
using Kith.Core.Rebuilding;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Steps that were given up, in the open: listed, tried again, put aside.</summary>
public sealed class FailedSteps
{
    private readonly IDocumentStore _store;
    private readonly Announcer _announcer;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal FailedSteps(IDocumentStore store, Announcer announcer, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _announcer = announcer;
        _queue = queue;
        _time = time;
    }

    /// <summary>Newest first; oldest first when reversed.</summary>
    /// <param name="kind">Of <see cref="StepKinds"/>; all where null.</param>
    /// <param name="state">Those that are not dismissed where null.</param>
    public Task<Page<FailedStep>> ListAsync(string workspace, string? kind, string? session, FailedStepState? state, Paging paging, CancellationToken cancellationToken)
    {
        var where = Stored.And(
            kind is null ? null : new Condition.Compare(Field.Text("kind"), Comparison.Equal, kind),
            session is null ? null : new Condition.Compare(Field.Text("session"), Comparison.Equal, session),
            Is(state));
        var query = new Query(FailedStep.DocumentType) { Where = where, Descending = !paging.Reverse };
        return _store.PageAsync(Everywhere(workspace), query, paging, DocumentJson.Default.FailedStep, cancellationToken);
    }

    /// <summary>Null when there is none, also after it succeeded.</summary>
    public async Task<FailedStep?> FindAsync(string workspace, string id, CancellationToken cancellationToken) =>
        (await DocumentAsync(workspace, id, cancellationToken))?.As(DocumentJson.Default.FailedStep);

    /// <summary>How many are not dismissed.</summary>
    public Task<long> CountAsync(string workspace, string? session, CancellationToken cancellationToken)
    {
        var ofSession = session is null ? null : new Condition.Compare(Field.Text("session"), Comparison.Equal, session);
        return _store.CountAsync(Everywhere(workspace), new Query(FailedStep.DocumentType) { Where = Stored.And(ofSession, Is(null)) }, cancellationToken);
    }

    /// <summary>Has it tried again soon; gone when that succeeds. Not found when there is none, a conflict when what it was about is gone.</summary>
    public async Task<FailedStep> ReplayAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var document = await DocumentAsync(workspace, id, cancellationToken) ?? throw NotFound(workspace, id);
            var step = document.As(DocumentJson.Default.FailedStep);
            if (step.State == FailedStepState.Replaying)
                return step;

            var now = _time.GetUtcNow();
            var wake = await WakeAsync(document.Partition, step, cancellationToken);
            var replayed = step with { ReplayedAt = now, DismissedAt = null, DueAt = wake is null ? now : null };
            Operation note = new Operation.Replace(document.Id, Stored.Body(replayed, DocumentJson.Default.FailedStep), document.ETag, LifeOf(step));
            if (!(await _store.ExecuteAsync(document.Partition, wake is null ? [note] : [note, wake], cancellationToken)).Applied)
                continue;

            foreach (var place in PlacesOf(document.Partition, step))
                await _queue.EnqueueAsync(new WorkHint(place), TimeSpan.Zero, cancellationToken);
            return replayed;
        }
    }

    /// <summary>Takes it off the list; what it was about stays undone, and its messages stay failed. Not found when there is none.</summary>
    public async Task<FailedStep> DismissAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var document = await DocumentAsync(workspace, id, cancellationToken) ?? throw NotFound(workspace, id);
        var dismissed = await _store.ChangeAsync(
            document.Partition,
            document.Id,
            DocumentJson.Default.FailedStep,
            step => step is null || step.DismissedAt is not null ? step : step with { DismissedAt = _time.GetUtcNow(), ReplayedAt = null, DueAt = null },
            LifeOf(document.As(DocumentJson.Default.FailedStep)) is { } life ? _ => life : null,
            cancellationToken);
        return dismissed ?? throw NotFound(workspace, id);
    }

    /// <summary>Records that a step was given up, before what it moves goes on. A repeat of the same failure changes nothing.</summary>
    internal async Task RecordAsync(Partition place, FailedStep failure, CancellationToken cancellationToken)
    {
        var recorded = await _store.ChangeAsync(
            place,
            failure.Id,
            DocumentJson.Default.FailedStep,
            known => known is null ? failure : known is { State: FailedStepState.Failed, Kind: not StepKinds.Dream } ? known : known.Again(failure),
            LifeOf(failure) is { } life ? _ => life : null,
            cancellationToken);

        // An address that cannot be reached is not told of it.
        if (recorded is not null && recorded.Kind != StepKinds.Deliver)
            await _announcer.RecordAsync(place.Workspace, Tell(place.Workspace, recorded), cancellationToken);
    }

    /// <summary>It succeeded after all.</summary>
    internal Task ClearAsync(Partition place, string id, CancellationToken cancellationToken) => _store.ExecuteAsync(place, [new Operation.Delete(id)], cancellationToken);

    /// <summary>Those of a place that the worker has to repeat now.</summary>
    internal async Task<IReadOnlyList<WorkStep>> PlanAsync(Partition place, CancellationToken cancellationToken)
    {
        var due = new Query(FailedStep.DocumentType) { Where = new Condition.Compare(Field.Time("dueAt"), Comparison.LessOrEqual, Timestamp.Of(_time.GetUtcNow())) };
        return [.. (await _store.QueryAsync(place, due, cancellationToken)).Items.Select(document => new WorkStep.Replay(place, document.Id))];
    }

    private static Announcement Tell(string workspace, FailedStep step) =>
        new(EventTypes.StepFailed, Ids.Of(EventTypes.StepFailed, workspace, step.Id, Timestamp.Of(step.FailedAt)), step.FailedAt)
        {
            Session = step.Session,
            Subjects = [.. new[] { step.Session, step.Observer, step.Observed }.OfType<string>().Distinct()],
            Data = Announcement.Members(
                ("workspace_id", workspace),
                ("step_id", step.Id),
                ("kind", step.Kind),
                ("session_id", step.Session),
                ("observer_id", step.Observer),
                ("observed_id", step.Observed),
                ("reason", step.Reason)),
        };

    /// <summary>Where to look: for work that never began also where that is due still.</summary>
    private static IEnumerable<Partition> PlacesOf(Partition place, FailedStep step)
    {
        yield return place;
        if (step is { Kind: StepKinds.Start, Session: { } session })
            yield return Partition.Conversation(place.Workspace, session);
        if (step is { Kind: StepKinds.Start, Observer: { } observer, Observed: { } observed })
            yield return Partition.Memory(place.Workspace, observer, observed);
    }

    /// <summary>The document whose job goes on when it is written; null where the failed step itself is the job.</summary>
    private async Task<Operation?> WakeAsync(Partition place, FailedStep step, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        switch (step.Kind)
        {
            case StepKinds.Reply:
                var owed = (step.Reply ?? throw Gone(step)) with { CreatedAt = now, HeldUntil = null, DueAt = now, Replayed = true };
                return new Operation.Upsert(owed.MessageId, Stored.Body(owed, DocumentJson.Default.PendingReply));

            case StepKinds.Rebuild:
                var rebuild = await _store.ReadAsync(place, Rebuild.DocumentId, cancellationToken) ?? throw Gone(step);
                var job = rebuild.As(DocumentJson.Default.Rebuild);
                job = job.State == RebuildState.Failed ? job.GoOn(now) : job;
                return new Operation.Replace(rebuild.Id, Stored.Body(job, DocumentJson.Default.Rebuild), rebuild.ETag);

            case StepKinds.Deliver:
                var delivery = await _store.ReadAsync(place, step.Target!, cancellationToken) ?? throw Gone(step);
                var again = Stored.Body(delivery.As(DocumentJson.Default.Delivery).Again(now), DocumentJson.Default.Delivery);
                return new Operation.Replace(delivery.Id, again, delivery.ETag, Delivery.Remembered);

            default:
                return null;
        }
    }

    private async Task<Document?> DocumentAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        if (!Names.IsValid(id))
            return null;
        var found = (await _store.QueryAsync(Everywhere(workspace), new Query(FailedStep.DocumentType) { Ids = [id], Limit = 1 }, cancellationToken)).Items;
        return found.Count == 0 ? null : found[0];
    }

    private static Partition Everywhere(string workspace) => Partition.WholeWorkspace(Container.Work, workspace);

    private static TimeSpan? LifeOf(FailedStep step) => step.Kind == StepKinds.Deliver ? Delivery.Remembered : null;

    private static Condition Is(FailedStepState? state)
    {
        var (dismissed, replayed) = (IsSet("dismissedAt"), IsSet("replayedAt"));
        return state switch
        {
            null => new Condition.Not(dismissed),
            FailedStepState.Dismissed => dismissed,
            FailedStepState.Replaying => replayed,
            _ => new Condition.Not(new Condition.Any(dismissed, replayed)),
        };
    }

    private static Condition.Not IsSet(string field) => new(new Condition.IsNull(Field.Time(field)));

    private static KithException NotFound(string workspace, string id) => new(ErrorCode.NotFound, $"Failed step {id} not found in workspace {workspace}");

    private static KithException Gone(FailedStep step) => new(ErrorCode.Conflict, $"What failed step {step.Id} was about is gone; dismiss it");
}
