using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Threads;

/// <summary>Ends threads whose time is over: they are hidden at once, the worker removes their messages, and what was learnt from these stays.</summary>
internal sealed class ThreadExpiry(SessionLanes lanes, SessionProjection projection, ThreadDirectory directory, IWorkQueue queue, TimeProvider time)
{
    /// <summary>Ends the thread if its time to live is over; brings the directory's copy up to date in any case.</summary>
    public async Task ExpireAsync(Partition session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var state = await EndAsync(session, thread => thread.IsExpired(now), cancellationToken);
        if (state.Exists)
            await projection.WriteThreadAsync(state, cancellationToken);
        else
            await directory.RemoveOrphanAsync(session.Workspace, session.Second!, cancellationToken);
    }

    /// <summary>Ends the thread if the rule holds for it as it is now. True when this call ended it.</summary>
    public async Task<bool> TryEndAsync(Partition session, Func<ThreadSnapshot, bool> rule, CancellationToken cancellationToken)
    {
        var ended = false;
        await EndAsync(session, thread => ended = rule(thread), cancellationToken);
        return ended;
    }

    private async Task<SessionState> EndAsync(Partition session, Func<ThreadSnapshot, bool> rule, CancellationToken cancellationToken)
    {
        var settings = await directory.SettingsAsync(session.Workspace, cancellationToken);
        var state = await lanes.ChangeAsync(session, Plan, cancellationToken);
        if (state.Head.Expired)
        {
            await projection.WriteSessionAsync(state, cancellationToken);
            await queue.EnqueueAsync(new WorkHint(session), TimeSpan.Zero, cancellationToken);
        }

        return state;

        SessionChange Plan(SessionState current)
        {
            if (ThreadSnapshot.Of(current, settings) is not { } thread || !rule(thread))
                return new SessionChange(current);

            var change = Sessions.Put(current, current.Session! with { IsActive = false }, time);
            return change with { Next = change.Next with { Head = change.Next.Head with { Deleting = true, Expired = true, DueAt = time.GetUtcNow() } } };
        }
    }
}
