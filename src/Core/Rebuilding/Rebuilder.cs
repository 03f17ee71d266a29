using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Rebuilding;

/// <summary>
/// Runs rebuilds, one piece at a time: a window of messages, the end of a session, a page of index entries. Each piece may be repeated; the cursor moves
/// after it.
/// </summary>
internal sealed class Rebuilder(
    IDocumentStore store,
    MessageLog log,
    SessionLanes lanes,
    Indexer indexer,
    Rereader rereader,
    ConclusionIndex conclusions,
    IRecallIndex index,
    Workspaces workspaces,
    FailedSteps failures,
    IWorkQueue queue,
    TimeProvider time)
{
    private const int EntriesPerStep = 200;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public async Task RunAsync(Partition job, CancellationToken cancellationToken)
    {
        var rebuild = await store.FindAsync(job, Rebuild.DocumentId, DocumentJson.Default.Rebuild, cancellationToken);
        if (rebuild is null || rebuild.HasEnded)
            return;
        if (await workspaces.FindAsync(rebuild.WorkspaceId, cancellationToken) is null or { Deleting: true })
        {
            await FailAsync(job, "The workspace was deleted.", cancellationToken);
            return;
        }

        var next = rebuild.Model is not null && rebuild.Model != conclusions.Model ? Restarted(rebuild) : rebuild.Cursor.Stage switch
        {
            RebuildStage.Begin => await BeginAsync(rebuild, cancellationToken),
            RebuildStage.Open => await OpenAsync(job, rebuild, cancellationToken),
            RebuildStage.Read => await ReadAsync(job, rebuild, cancellationToken),
            RebuildStage.Close => await CloseAsync(job, rebuild, cancellationToken),
            RebuildStage.Entries => await WriteEntriesAsync(rebuild, cancellationToken),
            RebuildStage.PruneMessages => await PruneAsync(rebuild, RecallKind.Message, RebuildStage.PruneConclusions, cancellationToken),
            RebuildStage.PruneConclusions => await PruneAsync(rebuild, RecallKind.Conclusion, RebuildStage.Finish, cancellationToken),
            _ => await FinishAsync(job, rebuild, cancellationToken),
        };

        // Somebody who ran the same piece at the same time has moved the cursor already.
        await store.ChangeAsync(
            job,
            Rebuild.DocumentId,
            DocumentJson.Default.Rebuild,
            current => current?.Run == rebuild.Run && current.Cursor == rebuild.Cursor && !current.HasEnded ? next : current,
            cancellationToken);
    }

    /// <summary>Ends a rebuild that cannot succeed.</summary>
    public Task FailAsync(Partition job, string reason, CancellationToken cancellationToken) => store.ChangeAsync(
        job,
        Rebuild.DocumentId,
        DocumentJson.Default.Rebuild,
        current => current is null or { HasEnded: true } ? current : current with { State = RebuildState.Failed, Reason = reason, FinishedAt = time.GetUtcNow(), DueAt = null },
        cancellationToken);

    /// <summary>What a rebuild is called among the failed steps.</summary>
    public static string FailureIdOf(Partition job) => Ids.Of(StepKinds.Rebuild, job.Second!);

    /// <summary>Another embedding model was configured meanwhile.</summary>
    private Rebuild Restarted(Rebuild rebuild) => rebuild with { Model = conclusions.Model, State = RebuildState.Waiting, Cursor = new(), SessionsDone = 0, MessagesDone = 0 };

    private async Task<Rebuild> BeginAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        var earlier = new Query("rebuild") { Where = new Condition.In(Field.Text("state"), [nameof(RebuildState.Waiting), nameof(RebuildState.Running)]), Limit = 1 };
        var first = (await store.QueryAsync(Partition.WholeWorkspace(Container.Work, rebuild.WorkspaceId), earlier, cancellationToken)).Items;
        if (first.Count > 0 && first[0].As(DocumentJson.Default.Rebuild) is var other && other.Id != rebuild.Id && other.CreatedAt <= rebuild.CreatedAt)
            return rebuild with { DueAt = time.GetUtcNow() + Turn };

        var (sessions, messages) = await CountAsync(rebuild, cancellationToken);
        return rebuild with { State = RebuildState.Running, SessionsTotal = sessions, MessagesTotal = messages, Cursor = new() { Stage = RebuildStage.Open } };
    }

    private async Task<(long Sessions, long Messages)> CountAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        if (rebuild.Session is null && rebuild.Peer is null)
        {
            return (
                await store.CountAsync(Owners.Sessions(rebuild.WorkspaceId), SessionsOf(rebuild).Query, cancellationToken),
                await store.CountAsync(Partition.WholeWorkspace(Container.Conversations, rebuild.WorkspaceId), new Query("message"), cancellationToken));
        }

        var (sessions, messages) = (0L, 0L);
        await foreach (var name in NamesAsync(rebuild, cancellationToken))
        {
            sessions++;
            messages += (await log.HeadAsync(Partition.Conversation(rebuild.WorkspaceId, name), cancellationToken)).Visible;
        }

        return (sessions, messages);
    }

    private async IAsyncEnumerable<string> NamesAsync(Rebuild rebuild, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (rebuild.Session is not null)
        {
            yield return rebuild.Session;
            yield break;
        }

        var (partition, query) = SessionsOf(rebuild);
        await foreach (var document in store.AllAsync(partition, query, cancellationToken))
            yield return document.Id;
    }

    /// <summary>The sessions that there were when the rebuild was asked for, oldest first.</summary>
    private static (Partition Partition, Query Query) SessionsOf(Rebuild rebuild)
    {
        var before = new Condition.Compare(Field.Time("createdAt"), Comparison.LessOrEqual, Timestamp.Of(rebuild.CreatedAt));
        return rebuild.Peer is { } peer
            ? (Owners.Memberships(rebuild.WorkspaceId, peer), new Query("membership") { Where = before })
            : (Owners.Sessions(rebuild.WorkspaceId), new Query("session") { Where = before });
    }

    private async Task<Rebuild> OpenAsync(Partition job, Rebuild rebuild, CancellationToken cancellationToken)
    {
        await rereader.ForgetAsync(job, cancellationToken);
        var cursor = rebuild.Cursor;
        var (name, continuation) = cursor.IsLast ? (null, null)
            : rebuild.Session is { } only ? (only, null)
            : await NextAsync(rebuild, cancellationToken);
        if (name is null)
            return rebuild with { Cursor = new() { Stage = rebuild.Makes(RebuildPart.Index) ? RebuildStage.Entries : RebuildStage.Finish } };

        var session = Partition.Conversation(rebuild.WorkspaceId, name);
        var marks = await Watermarks.OfAsync(store, session, cancellationToken);
        var head = await log.HeadAsync(session, cancellationToken);
        return rebuild with
        {
            Cursor = new()
            {
                Stage = head.Deleting || head.Visible == 0 ? RebuildStage.Close : RebuildStage.Read,
                Continuation = continuation,
                IsLast = continuation is null,
                Session = name,
                Last = head.Visible,
                Derived = head.Deleting ? 0 : Math.Min(marks.Derived, head.Visible),
                Copied = marks.Copied,
            },
        };
    }

    private async Task<(string? Name, string? Continuation)> NextAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        var (partition, query) = SessionsOf(rebuild);
        var page = await store.QueryAsync(partition, query with { Limit = 1, Continuation = rebuild.Cursor.Continuation }, cancellationToken);
        return (page.Items.Count == 0 ? null : page.Items[0].Id, page.Continuation);
    }

    private async Task<Rebuild> ReadAsync(Partition job, Rebuild rebuild, CancellationToken cancellationToken)
    {
        var cursor = rebuild.Cursor;
        var session = Partition.Conversation(rebuild.WorkspaceId, cursor.Session!);
        var (through, _) = await DeriveWindow.EndAsync(log, session, cursor.Through, cursor.Last, cancellationToken);
        if (rebuild.Makes(RebuildPart.Index))
            await indexer.WriteAsync(session, cursor.Through, through, rebuild.Peer, cancellationToken);
        if (rebuild.Makes(RebuildPart.Conclusions))
            await rereader.ReadAsync(job, rebuild, through, cancellationToken);

        // Nothing left to read before the last message: the session was deleted meanwhile.
        var isDone = through == cursor.Through || through >= cursor.Last;
        return rebuild with
        {
            MessagesDone = rebuild.MessagesDone + through - cursor.Through,
            Cursor = cursor with { Through = through, Stage = isDone ? RebuildStage.Close : RebuildStage.Read },
        };
    }

    private async Task<Rebuild> CloseAsync(Partition job, Rebuild rebuild, CancellationToken cancellationToken)
    {
        var session = Partition.Conversation(rebuild.WorkspaceId, rebuild.Cursor.Session!);
        if (rebuild.Makes(RebuildPart.Conclusions))
            await rereader.CloseAsync(job, rebuild, cancellationToken);
        if (rebuild.Makes(RebuildPart.Summaries) && rebuild.Cursor.Last > 0)
            await ResummariseAsync(session, cancellationToken);
        return rebuild with
        {
            SessionsDone = rebuild.SessionsDone + 1,
            Cursor = new() { Stage = RebuildStage.Open, Continuation = rebuild.Cursor.Continuation, IsLast = rebuild.Cursor.IsLast },
        };
    }

    /// <summary>Has the ordinary steps begin at the first message. The summaries that there are stay until then.</summary>
    private async Task ResummariseAsync(Partition session, CancellationToken cancellationToken)
    {
        await Watermarks.ChangeAsync(store, session, marks => marks with { ShortSummarised = 0, LongSummarised = 0 }, cancellationToken);
        await lanes.ChangeAsync(session, Wake, cancellationToken);
        await queue.EnqueueAsync(new WorkHint(session), TimeSpan.Zero, cancellationToken);

        SessionChange Wake(SessionState state) =>
            new(state.Exists ? state with { Head = state.Head with { DueAt = state.Head.DueAt ?? time.GetUtcNow() } } : state);
    }

    private async Task<Rebuild> WriteEntriesAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        var session = rebuild.Session is null ? null : new Condition.Compare(Field.Text("sessionId"), Comparison.Equal, rebuild.Session);
        var observed = rebuild.Peer is null ? null : new Condition.Compare(Field.Text("observed"), Comparison.Equal, rebuild.Peer);
        var query = new Query("conclusion") { Where = Stored.And(session, observed), Limit = EntriesPerStep, Continuation = rebuild.Cursor.Continuation };
        var page = await store.QueryAsync(Partition.WholeWorkspace(Container.Memory, rebuild.WorkspaceId), query, cancellationToken);
        await conclusions.AddAsync([.. page.Items.Select(document => document.As(DocumentJson.Default.Conclusion))], cancellationToken);
        if (page.Continuation is not null)
            return rebuild with { Cursor = rebuild.Cursor with { Continuation = page.Continuation } };

        // What a peer's index entries are is not known without its messages: only sessions and workspaces are cleared of others.
        return rebuild with { Cursor = new() { Stage = rebuild.Peer is null ? RebuildStage.PruneMessages : RebuildStage.Finish } };
    }

    private async Task<Rebuild> PruneAsync(Rebuild rebuild, RecallKind kind, RebuildStage then, CancellationToken cancellationToken)
    {
        var keys = await index.ListAsync(rebuild.WorkspaceId, kind, rebuild.Session, rebuild.Cursor.Continuation, EntriesPerStep, cancellationToken);
        var stale = new List<string>();
        foreach (var place in keys.GroupBy(key => kind == RecallKind.Message ? Partition.Conversation(rebuild.WorkspaceId, key.Session!) : Partition.Memory(rebuild.WorkspaceId, key.Observer!, key.Observed!)))
        {
            string[] ids = [.. place.Select(key => key.Id)];
            var query = new Query(kind == RecallKind.Message ? "message" : "conclusion") { Ids = ids, Order = kind == RecallKind.Message ? QueryOrder.Sequence : QueryOrder.CreatedAt };
            var found = (await store.QueryAsync(place.Key, query, cancellationToken)).Items;
            stale.AddRange(ids.Except(found.Select(document => document.Id)));
        }

        if (stale.Count > 0)
            await index.DeleteAsync(rebuild.WorkspaceId, kind, stale, cancellationToken);
        return rebuild with { Cursor = keys.Count < EntriesPerStep ? new() { Stage = then } : rebuild.Cursor with { Continuation = keys[^1].Id } };
    }

    private async Task<Rebuild> FinishAsync(Partition job, Rebuild rebuild, CancellationToken cancellationToken)
    {
        await failures.ClearAsync(job, FailureIdOf(job), cancellationToken);
        if (rebuild is { Session: null, Peer: null, Model: { } model })
            await workspaces.AdoptAsync(rebuild.WorkspaceId, model, cancellationToken);
        return rebuild with { State = RebuildState.Completed, FinishedAt = time.GetUtcNow(), DueAt = null };
    }
}
