using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Erasing;

/// <summary>Runs erasures, one piece at a time. Each piece may be repeated; the cursor moves after it, together with the counts of the next one.</summary>
internal sealed class Eraser(
    IDocumentStore store,
    IRecallIndex index,
    SessionEraser sessions,
    Purger purger,
    Removals removals,
    Withdrawals withdrawals,
    Remnants remnants,
    Dreams dreams,
    Sessions directory,
    Announcer announcer,
    TimeProvider time)
{
    private const int MessagesPerPiece = 400;
    private const int PairsPerPiece = 50;
    private const int MostAttempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Steps that wrote in what was purged as a whole have ended by then: it is searched for what they left.</summary>
    private static readonly TimeSpan LastPass = TimeSpan.FromSeconds(10);

    /// <summary>How long steps that have read erased messages are waited for. One that takes longer takes back itself what it wrote.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ScrubPause = TimeSpan.FromMinutes(1);

    public async Task RunAsync(Partition place, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(place, id, cancellationToken) is { HasEnded: false } erasure)
            await RunAsync(erasure, cancellationToken);
    }

    /// <summary>Runs an erasure until nothing is left to be found, or it has to wait. What remains to be done to files is the worker's.</summary>
    public async Task<Erasure> RunToEndAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        while (!erasure.HasEnded && erasure.Cursor.Stage != ErasureStage.Scrub && !(erasure.DueAt > time.GetUtcNow()))
            erasure = await RunAsync(erasure, cancellationToken);
        return erasure;
    }

    public Task FailAsync(Partition place, string id, string reason, CancellationToken cancellationToken) => store.ChangeAsync(
        place,
        id,
        DocumentJson.Default.Erasure,
        current => current is null or { HasEnded: true } ? current : current with { State = ErasureState.Failed, Reason = reason, FinishedAt = time.GetUtcNow(), DueAt = null },
        cancellationToken);

    private Task<Erasure?> FindAsync(Partition place, string id, CancellationToken cancellationToken) =>
        store.FindAsync(place, id, DocumentJson.Default.Erasure, cancellationToken);

    private async Task<Erasure> RunAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var next = erasure.Cursor.Stage switch
        {
            ErasureStage.Open => await OpenAsync(erasure, cancellationToken),
            ErasureStage.TakeMessages => await TakeMessagesAsync(erasure, cancellationToken),
            ErasureStage.EraseMessages => await EraseMessagesAsync(erasure, cancellationToken),
            ErasureStage.Settle => await SettleAsync(erasure, cancellationToken),
            ErasureStage.TakePairs => await TakePairsAsync(erasure, cancellationToken),
            ErasureStage.ErasePairs => await ErasePairsAsync(erasure, cancellationToken),
            ErasureStage.Rest => await EraseRestAsync(erasure, cancellationToken),
            ErasureStage.Purge => await PurgeAsync(erasure, cancellationToken),
            ErasureStage.Scrub => await ScrubAsync(erasure, cancellationToken),
            _ => await VerifyAsync(erasure, cancellationToken),
        };

        // Of a workspace that is gone nobody is left to hear.
        if (next is { State: ErasureState.Completed, Target.Kind: not ErasureKind.Workspace })
            await announcer.RecordAsync(next.WorkspaceId, Tell(next), cancellationToken);

        // Somebody who ran the same piece at the same time has moved the cursor already.
        var written = await store.ChangeAsync(
            erasure.Partition,
            erasure.Id,
            DocumentJson.Default.Erasure,
            current => current is { HasEnded: false } && current.StartedAt == erasure.StartedAt && current.Cursor.Piece == erasure.Cursor.Piece ? next : current,
            cancellationToken);
        return written ?? next with { State = ErasureState.Completed, DueAt = null };
    }

    private async Task<Erasure> OpenAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var cursor = erasure.Cursor;
        if (erasure.Target.Kind == ErasureKind.Message)
        {
            return cursor.Sessions.Count == 0
                ? erasure with { Cursor = cursor.To(ErasureStage.Verify) }
                : erasure with { Cursor = cursor.To(ErasureStage.TakeMessages) with { Session = cursor.Sessions[0], Sessions = [.. cursor.Sessions.Skip(1)], After = 0 } };
        }

        var session = await sessions.NextAsync(erasure.WorkspaceId, erasure.Target.Peer!, cancellationToken);
        // What is still found right after it was settled is being written now: the next attempt sees to it.
        return session is null || session == cursor.Last
            ? erasure with { Cursor = cursor.To(ErasureStage.TakePairs) }
            : erasure with { Cursor = cursor.To(ErasureStage.TakeMessages) with { Session = session, After = 0 } };
    }

    private async Task<Erasure> TakeMessagesAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var session = SessionOf(erasure);
        var page = await sessions.MessagesAsync(erasure, session, MessagesPerPiece, cancellationToken);
        if (page.Count == 0)
            return erasure.With(await sessions.CountRestAsync(erasure, session, cancellationToken)) with { Cursor = erasure.Cursor.To(ErasureStage.Settle) };

        var taken = page.Select(message => message.Id).ToHashSet();
        var counts = new Remnants.Tally();
        counts.Add("message", taken.Count);
        counts.Add(Remnants.Entries, await remnants.CountEntriesAsync(erasure.WorkspaceId, RecallKind.Message, session.Second, key => taken.Contains(key.Id), cancellationToken));
        return erasure.With(counts.Counts) with { Cursor = erasure.Cursor.To(ErasureStage.EraseMessages) with { Messages = [.. taken], After = page[^1].Sequence } };
    }

    private async Task<Erasure> EraseMessagesAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        await sessions.EraseMessagesAsync(erasure, SessionOf(erasure), cancellationToken);
        return erasure with { Cursor = erasure.Cursor.To(ErasureStage.TakeMessages) };
    }

    private async Task<Erasure> SettleAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        // Of a session that is going away anyhow, all goes.
        if (await store.FindAsync(SessionOf(erasure), Head.Id, DocumentJson.Default.Head, cancellationToken) is { Deleting: true })
            await purger.SessionAsync(SessionOf(erasure), cancellationToken);
        await sessions.SettleAsync(erasure, SessionOf(erasure), cancellationToken);
        return erasure with { Cursor = erasure.Cursor.To(ErasureStage.Open) with { Session = null, Last = erasure.Cursor.Session } };
    }

    private async Task<Erasure> TakePairsAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var (workspace, peer) = (erasure.WorkspaceId, erasure.Target.Peer!);
        Partition[] pairs = [.. (await remnants.PairsAsync(workspace, peer, cancellationToken)).Take(PairsPerPiece)];
        var counts = new Remnants.Tally();
        if (pairs.Length == 0)
        {
            await remnants.OfRestAsync(workspace, peer, counts, cancellationToken);
            return erasure.With(counts.Counts) with { Cursor = erasure.Cursor.To(ErasureStage.Rest) };
        }

        foreach (var pair in pairs)
            await remnants.OfPairAsync(pair, counts, cancellationToken);
        counts.Add(Remnants.Entries, counts.Counts.GetValueOrDefault("conclusion"));
        ErasureCursor.Pair[] taken = [.. pairs.Select(pair => new ErasureCursor.Pair(pair.Second!, pair.Third!))];
        return erasure.With(counts.Counts) with { Cursor = erasure.Cursor.To(ErasureStage.ErasePairs) with { Pairs = taken } };
    }

    private async Task<Erasure> ErasePairsAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        foreach (var pair in erasure.Cursor.Pairs)
            await purger.PairAsync(Partition.Memory(erasure.WorkspaceId, pair.Observer, pair.Observed), cancellationToken);
        return erasure with { Cursor = erasure.Cursor.To(ErasureStage.TakePairs) };
    }

    private async Task<Erasure> EraseRestAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var (workspace, peer) = (erasure.WorkspaceId, erasure.Target.Peer!);
        foreach (var (partition, query) in Remnants.Rest(workspace, peer))
            await store.DeleteAllAsync(store.AllAsync(partition, query, cancellationToken), cancellationToken);

        // First answers of requests, under keys that only the callers have: they come and go, and are not counted.
        await store.DeleteAllAsync(store.AllAsync(Partition.WholeWorkspace(Container.Work, workspace), new Query(Claim.DocumentType), cancellationToken), cancellationToken);

        // Entries whose writer was overtaken by the erasure.
        var stale = remnants.EntriesAsync(workspace, RecallKind.Conclusion, null, cancellationToken).Where(key => key.Observer == peer || key.Observed == peer).Select(key => key.Id);
        await foreach (var ids in stale.Chunk(StoreLimits.PageSize).WithCancellation(cancellationToken))
            await index.DeleteAsync(workspace, RecallKind.Conclusion, ids, cancellationToken);
        return erasure with { Cursor = erasure.Cursor.To(ErasureStage.Verify) };
    }

    private async Task<Erasure> PurgeAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var target = erasure.Target;
        if (target.Kind == ErasureKind.Workspace)
            await PurgeWorkspaceAsync(erasure, cancellationToken);
        else if (target.Kind == ErasureKind.Session)
            await PurgeSessionAsync(erasure, cancellationToken);
        else
            await RemoveConclusionAsync(erasure, cancellationToken);
        return erasure with { Cursor = erasure.Cursor.To(ErasureStage.Verify) };
    }

    private async Task PurgeWorkspaceAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var workspace = await store.FindAsync(Owners.Workspace(erasure.WorkspaceId), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);
        if (workspace is null or { Deleting: true } || workspace.CreatedAt <= erasure.StartedAt)
            await purger.WorkspaceAsync(erasure.WorkspaceId, cancellationToken);
    }

    private async Task PurgeSessionAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var session = Partition.Conversation(erasure.WorkspaceId, erasure.Target.Session!);
        if (!await directory.HideAsync(session, erasure.StartedAt, cancellationToken))
            return;
        // Where it is gone already, the proof says whether something is left.
        using var hold = await purger.HoldAsync(session, erasure.Cursor.Attempts == 0 ? SessionHold.Holding.Deleted : SessionHold.Holding.WhateverIsLeft, cancellationToken);
        if (hold is null)
            return;
        await Watermarks.FenceAsync(store, session, cancellationToken);
        var messages = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var document in store.AllAsync(session, new Query("message") { Order = QueryOrder.Sequence }, cancellationToken))
            messages.Add(document.Id);
        await hold.DemandAsync(cancellationToken);
        await withdrawals.SettleAsync(session, messages, except: null, cancellationToken);
        await DeleteDeliveriesAsync(session.Workspace, session.Second!, cancellationToken);
        await purger.SessionAsync(hold, cancellationToken);
    }

    private async Task RemoveConclusionAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var pair = Partition.Memory(erasure.WorkspaceId, erasure.Pair!.Observer, erasure.Pair.Observed);
        await sessions.StripAsync(pair, erasure.Target.Conclusion!, cancellationToken);

        // A dream that is under way starts over: what it proposes may be made of it.
        await store.DeleteAllAsync(store.AllAsync(pair, new Query(DreamAnswer.DocumentType), cancellationToken), cancellationToken);
        if (await removals.RemoveAsync(pair, [erasure.Target.Conclusion!], erases: true, cancellationToken))
            await dreams.AskAsync(pair, cancellationToken);
        await DeleteDeliveriesAsync(pair.Workspace, erasure.Target.Conclusion!, cancellationToken);
    }

    private Task DeleteDeliveriesAsync(string workspace, string subject, CancellationToken cancellationToken)
    {
        var (partition, query) = Remnants.DeliveriesOf(workspace, subject);
        return store.DeleteAllAsync(store.AllAsync(partition, query, cancellationToken), cancellationToken);
    }

    private async Task<Erasure> VerifyAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        if (await WaitAsync(erasure, cancellationToken) is { } waiting)
            return waiting;

        var remaining = await sessions.IsInUseAgainAsync(erasure, cancellationToken)
            ? new Dictionary<string, long>()
            : await remnants.OfAsync(erasure, cancellationToken);
        var now = time.GetUtcNow();
        if (remaining.Count > 0 && erasure.Cursor.Attempts < MostAttempts)
        {
            var cursor = erasure.Cursor.To(Erasures.First(erasure.Target.Kind)) with
            {
                Attempts = erasure.Cursor.Attempts + 1,
                Last = null,
                Sessions = erasure.Target.Kind == ErasureKind.Message ? await sessions.FamilyAsync(erasure.WorkspaceId, erasure.Target.Session!, cancellationToken) : [],
            };
            return erasure with { Remaining = remaining, DueAt = now + (Pause * erasure.Cursor.Attempts), Cursor = cursor };
        }

        return remaining.Count == 0
            ? erasure with { Remaining = remaining, VerifiedAt = now, Cursor = erasure.Cursor.To(ErasureStage.Scrub) with { Session = null, Sessions = [] } }
            : erasure with
            {
                State = ErasureState.Failed,
                Reason = "Something is left, perhaps because it was written again meanwhile; ask again.",
                Remaining = remaining,
                FinishedAt = now,
                DueAt = null,
            };
    }

    /// <summary>What was under way may still write what it has read: the proof comes after it. Null when nothing is waited for.</summary>
    private async Task<Erasure?> WaitAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isPurge = Erasures.First(erasure.Target.Kind) == ErasureStage.Purge;
        var until = erasure.Cursor.WaitsUntil ?? now + (isPurge ? LastPass : Patience);
        if (now >= until || (!isPurge && !await sessions.IsReadAsync(erasure, cancellationToken)))
            return null;
        return erasure with { DueAt = isPurge || now + Pause > until ? until : now + Pause, Cursor = erasure.Cursor.To(ErasureStage.Verify) with { WaitsUntil = until } };
    }

    private async Task<Erasure> ScrubAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var isDone = await store.ScrubAsync(erasure.VerifiedAt!.Value, cancellationToken);
        var now = time.GetUtcNow();
        return isDone
            ? erasure with { State = ErasureState.Completed, FinishedAt = now, DueAt = null, Cursor = erasure.Cursor.To(ErasureStage.Scrub) }
            : erasure with { DueAt = now + ScrubPause, Cursor = erasure.Cursor.To(ErasureStage.Scrub) };
    }

    /// <summary>Names the receipt and nothing of what was erased.</summary>
    private static Announcement Tell(Erasure erasure) =>
        new(EventTypes.EraseCompleted, Ids.Of(EventTypes.EraseCompleted, erasure.WorkspaceId, erasure.Id, $"{erasure.StartedAt:O}"), erasure.FinishedAt ?? erasure.CreatedAt)
        {
            Data = Announcement.Members(("workspace_id", erasure.WorkspaceId), ("erasure_id", erasure.Id), ("kind", erasure.Target.Kind.ToString().ToLowerInvariant())),
        };

    private static Partition SessionOf(Erasure erasure) => Partition.Conversation(erasure.WorkspaceId, erasure.Cursor.Session!);
}
