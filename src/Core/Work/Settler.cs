using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Retaining;
using Kith.Core.Storage;
using Kith.Core.Threads;

namespace Kith.Core.Work;

/// <summary>Repairs the copies that the directory keeps, and takes what has nothing due off the sweep.</summary>
internal sealed class Settler(
    IDocumentStore store,
    SessionLanes lanes,
    SessionProjection projection,
    ThreadDirectory threads,
    Workspaces workspaces,
    Retainer retainer,
    Listeners listeners,
    Announcer announcer,
    IWorkQueue queue,
    TimeProvider time)
{
    public async Task SessionAsync(WorkStep.Settle step, CancellationToken cancellationToken)
    {
        // A change that plans nothing makes the lane remove what an unfinished append left behind.
        var state = await lanes.ChangeAsync(step.Partition, state => new SessionChange(state), cancellationToken);
        if (!state.Exists)
        {
            await RemoveOrphanAsync(step.Partition, cancellationToken);
            return;
        }

        if (state.Head.Unprojected)
        {
            await projection.WriteAsync(state, [.. state.Members.Keys], cancellationToken);
            // Who wrote one before an erasure took the member away may have been overtaken by it.
            if (state.Head.Tombstones > 0)
                await projection.RemoveStrayAsync(state, cancellationToken);
        }
        else
            await projection.WriteThreadAsync(state, cancellationToken);
        var marks = await Watermarks.OfAsync(store, step.Partition, cancellationToken);
        var observation = await Observation.OfAsync(store, state, [], cancellationToken);
        var progress = new Progress
        {
            Session = state.Name,
            CreatedAt = time.GetUtcNow(),
            Completed = marks.DerivedUnits + SummarySchedule.Completed(observation.SessionOptions, marks, step.Visible),
            Failed = marks.FailedUnits,
        };
        await store.PutAsync(Owners.Sessions(state.Workspace), Progress.IdOf(state.Name), progress, DocumentJson.Default.Progress, cancellationToken);
        await TellAsync(step.Partition, marks, cancellationToken);
        await lanes.ChangeAsync(step.Partition, Plan, cancellationToken);

        // Anything that came in since asks for another look by keeping DueAt.
        SessionChange Plan(SessionState current) =>
            current.Head.Visible == step.Visible && current.Head.Edits == current.Head.EditsDone && !current.Head.Deleting && ReferenceEquals(current.Members, state.Members) && ReferenceEquals(current.Session, state.Session)
                ? new SessionChange(current with { Head = current.Head with { DueAt = null, Unprojected = false } })
                : new SessionChange(current);
    }

    /// <summary>Once for each time that work of a kind ran dry: the event's id says how far it was then.</summary>
    private async Task TellAsync(Partition session, Watermarks marks, CancellationToken cancellationToken)
    {
        var (derived, summarised) = (marks.DerivedUnits > marks.ToldUnits, marks.Summarised > marks.ToldSummaries);
        if (!(derived || summarised) || !await listeners.AnyAsync(session.Workspace, webhook => webhook.Hears(EventTypes.QueueEmpty), cancellationToken))
            return;

        if (derived)
            await announcer.RecordAsync(session.Workspace, Emptied(session, "representation", marks.Derived), cancellationToken);
        if (summarised)
            await announcer.RecordAsync(session.Workspace, Emptied(session, "summary", marks.Summarised), cancellationToken);
        await Watermarks.ChangeAsync(store, session, current => current with { ToldUnits = marks.DerivedUnits, ToldSummaries = marks.Summarised }, cancellationToken);
    }

    private Announcement Emptied(Partition session, string kind, long through) =>
        new(EventTypes.QueueEmpty, Ids.Of(EventTypes.QueueEmpty, session.Workspace, session.Second!, kind, $"{through}"), time.GetUtcNow())
        {
            Session = session.Second,
            Subjects = [session.Second!],
            Data = Announcement.Members(("workspace_id", session.Workspace), ("queue_type", kind), ("session_id", session.Second), ("observer", null), ("observed", null)),
        };

    public async Task WaitAsync(WorkStep.Wait step, CancellationToken cancellationToken)
    {
        await Watermarks.ChangeAsync(store, step.Partition, marks => marks.WaitingSince is null ? marks with { WaitingSince = time.GetUtcNow() } : marks, cancellationToken);
        await lanes.ChangeAsync(step.Partition, Plan, cancellationToken);
        await queue.EnqueueAsync(new WorkHint(step.Partition), step.Until - time.GetUtcNow(), cancellationToken);

        // A message or a flush that came in since is looked at now.
        SessionChange Plan(SessionState current) =>
            current.Head.Visible == step.Visible && current.Head.Flushed < step.Visible && !current.Head.Deleting
                ? new SessionChange(current with { Head = current.Head with { DueAt = step.Until } })
                : new SessionChange(current);
    }

    /// <summary>Has the sweep look again at a time.</summary>
    public Task DeferAsync(Partition session, DateTimeOffset until, CancellationToken cancellationToken) => lanes.ChangeAsync(
        session,
        state => new SessionChange(state is { Exists: true, Head.Deleting: false } ? state with { Head = state.Head with { DueAt = until } } : state),
        cancellationToken);

    public async Task WorkspaceAsync(Partition partition, CancellationToken cancellationToken)
    {
        // Who changed the workspace meanwhile has written the registry too, perhaps before this did with what was: then it is written once more.
        for (var isSettled = false; !isSettled;)
        {
            var document = await store.ReadAsync(partition, Owners.WorkspaceId, cancellationToken);
            if (document is null)
                return;

            var workspace = document.As(DocumentJson.Default.Workspace);
            await workspaces.ProjectAsync(workspace, cancellationToken);
            if (workspace.SettingsChanged)
                await threads.RescheduleAsync(workspace.Name, cancellationToken);
            var (again, scrubAt) = await RetainAsync(workspace, cancellationToken);
            var settled = Stored.Body(workspace with { DueAt = again, ScrubAt = scrubAt, SettingsChanged = false }, DocumentJson.Default.Workspace);
            isSettled = (await store.ExecuteAsync(partition, [new Operation.Replace(Owners.WorkspaceId, settled, document.ETag)], cancellationToken)).Applied;
        }
    }

    /// <summary>When to look again, and when the files are to let go of what was removed.</summary>
    private async Task<(DateTimeOffset? Again, DateTimeOffset? ScrubAt)> RetainAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var retention = (workspace.Settings ?? WorkspaceSettings.Default).Retention;
        var (hasRemoved, isMore) = retention == Retention.None ? (false, false) : await retainer.RunAsync(workspace.Name, retention, cancellationToken);
        var now = time.GetUtcNow();
        var scrubAt = workspace.ScrubAt ?? (hasRemoved ? now + Retainer.Lingering : null);
        if (isMore)
            return (now, scrubAt);
        if (scrubAt <= now && await store.ScrubAsync(now, cancellationToken))
            scrubAt = null;
        return (retention != Retention.None || scrubAt <= now ? now + Retainer.Period : scrubAt, scrubAt);
    }

    /// <summary>A head without a session is what an append that was to create the session left behind.</summary>
    private async Task RemoveOrphanAsync(Partition partition, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(partition, Head.Id, cancellationToken) is not { } head)
            return;

        await store.ExecuteAsync(partition, [new Operation.Delete(Head.Id, head.ETag)], cancellationToken);
        lanes.Forget(partition);
    }
}
