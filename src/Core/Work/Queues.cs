using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>How far background work is.</summary>
public sealed class Queues
{
    /// <summary>How long the completed units of an idle session, and dreams, are still counted in the workspace's status.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(12);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly WorkUnits Nothing = new(0, 0, 0, 0, 0);

    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly MessageLog _messages;
    private readonly DreamOptions _dreams;
    private readonly FailedSteps _failures;
    private readonly Deliveries _deliveries;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Queues(
        IDocumentStore store,
        SessionLanes lanes,
        MessageLog messages,
        DreamOptions dreams,
        FailedSteps failures,
        Deliveries deliveries,
        IWorkQueue queue,
        TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _messages = messages;
        _dreams = dreams;
        _failures = failures;
        _deliveries = deliveries;
        _queue = queue;
        _time = time;
    }

    /// <summary>
    /// Units of work of a workspace, or of one session. Observer and sender widen each other: units seen by the one or written by the other.
    /// Unknown names give zeros.
    /// </summary>
    public async Task<QueueStatus> StatusAsync(string workspace, string? observer, string? sender, string? session, CancellationToken cancellationToken)
    {
        var sessions = new Dictionary<string, WorkUnits>(StringComparer.Ordinal);
        foreach (var name in session is null ? await SessionsAsync(workspace, observer, sender, sessions, cancellationToken) : [session])
        {
            var units = (await OfSessionAsync(Partition.Conversation(workspace, name), observer, sender, cancellationToken)).Units;
            if (units.Total > 0)
                sessions[name] = units;
        }

        var dreams = session is null ? await OfDreamsAsync(workspace, observer, sender, cancellationToken) : Nothing;
        return new QueueStatus(sessions.Values.Aggregate(dreams, Sum), sessions);
    }

    /// <summary>The same for people: what waits, since when, and why. Unknown names give zeros.</summary>
    public async Task<QueueDetail> DetailAsync(string workspace, string? session, CancellationToken cancellationToken)
    {
        var idle = new Dictionary<string, WorkUnits>(StringComparer.Ordinal);
        var sessions = new List<SessionQueue>();
        foreach (var name in session is null ? await SessionsAsync(workspace, null, null, idle, cancellationToken) : [session])
            sessions.Add(await OfSessionAsync(Partition.Conversation(workspace, name), null, null, cancellationToken));

        var dreams = session is null ? await OfDreamsAsync(workspace, null, null, cancellationToken) : Nothing;
        sessions.AddRange(idle.Select(one => new SessionQueue(one.Key, one.Value, null, null)));
        return new QueueDetail(
            sessions.Select(one => one.Units).Aggregate(dreams, Sum),
            sessions.Min(one => one.OldestAt),
            await _failures.CountAsync(workspace, session, cancellationToken),
            session is null ? await _deliveries.CountPendingAsync(workspace, cancellationToken) : 0,
            [.. sessions.Where(one => one.Units.Pending + one.Units.InProgress + one.Units.Failed > 0).OrderBy(one => one.OldestAt ?? DateTimeOffset.MaxValue)]);
    }

    /// <summary>
    /// Waits until nothing is pending or in progress, whichever process does it. False when that takes longer than the patience, or the waiting is stopped: a caller that
    /// goes away cancels instead.
    /// </summary>
    /// <param name="stopped">Ends the waiting early.</param>
    public async Task<bool> WaitAsync(string workspace, string? session, TimeSpan patience, CancellationToken stopped, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        var pause = ShortestPause;
        while (!await IsIdleAsync(workspace, session, cancellationToken))
        {
            var left = patience - _time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero || stopped.IsCancellationRequested)
                return false;

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopped, cancellationToken);
            await Task.Delay(pause < left ? pause : left, _time, waiting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return true;
    }

    /// <summary>
    /// Has the messages that are stored by now derived without waiting for more. Not found without the session. A no-op when nothing waits.
    /// </summary>
    public async Task FlushAsync(string workspace, string session, CancellationToken cancellationToken)
    {
        await FlushAsync(Partition.Conversation(workspace, session), Flush, cancellationToken);

        SessionChange Flush(SessionState state)
        {
            state.Writable();
            return Flushed(state);
        }
    }

    /// <summary>The same for every session of a workspace where something waits. Returns how many those were.</summary>
    public async Task<int> FlushAsync(string workspace, CancellationToken cancellationToken)
    {
        var due = await DueSessionsAsync(workspace, cancellationToken);
        foreach (var name in due)
            await FlushAsync(Partition.Conversation(workspace, name), state => state.Exists ? Flushed(state) : new SessionChange(state), cancellationToken);
        return due.Count;
    }

    private async Task FlushAsync(Partition partition, Func<SessionState, SessionChange> flush, CancellationToken cancellationToken)
    {
        await _lanes.ChangeAsync(partition, flush, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);
    }

    private SessionChange Flushed(SessionState state) =>
        new(state.Head.DueAt is null ? state : state with { Head = state.Head with { Flushed = state.Head.Visible, DueAt = _time.GetUtcNow() } });

    /// <summary>Asked often: while sessions are due there is no need to count what they have to do.</summary>
    private async Task<bool> IsIdleAsync(string workspace, string? session, CancellationToken cancellationToken)
    {
        var isDue = session is null
            ? (await DueSessionsAsync(workspace, cancellationToken)).Count > 0
            : (await _messages.HeadAsync(Partition.Conversation(workspace, session), cancellationToken)).DueAt is not null;
        if (isDue)
            return false;
        return (await StatusAsync(workspace, null, null, session, cancellationToken)).Units is { Pending: 0, InProgress: 0 };
    }

    private async Task<HashSet<string>> DueSessionsAsync(string workspace, CancellationToken cancellationToken)
    {
        var due = _store.AllDueAsync(new DueQuery(DateTimeOffset.MaxValue) { Workspace = workspace, Containers = [Container.Conversations] }, cancellationToken);
        return await due.Where(one => one.Id == Head.Id).Select(one => one.Partition.Second!).ToHashSetAsync(cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Dreams belong to a pair of peers, not to a session, and are counted for the observer. One that only waits for its pair to be idle is not pending: who waits
    /// for the queue does not wait for it.
    /// </summary>
    private async Task<WorkUnits> OfDreamsAsync(string workspace, string? observer, string? sender, CancellationToken cancellationToken)
    {
        if (observer is null && sender is not null)
            return Nothing;

        var now = _time.GetUtcNow();
        var (pending, running) = (0L, 0L);
        // One that begins while this is looked at has its next sign of life a lease from then.
        var at = new DueQuery(now + (2 * _dreams.Lease)) { Workspace = workspace, Containers = [Container.Memory] };
        await foreach (var due in _store.AllDueAsync(at, cancellationToken))
        {
            if (due.Id != Dream.Id || (observer is not null && due.Partition.Second != observer))
                continue;
            if (await _store.FindAsync(due.Partition, Dream.Id, DocumentJson.Default.Dream, cancellationToken) is not { } dream)
                continue;
            running += dream.Run is null ? 0 : 1;
            pending += (dream with { Run = null }).At(_dreams) <= now ? 1 : 0;
        }

        var pairs = observer is null ? Partition.WholeWorkspace(Container.Memory, workspace) : Partition.MemoryOf(workspace, observer);
        var ended = Stored.And(Since(now - Memory), new Condition.Not(new Condition.IsNull(Field.Time("endedAt"))));
        var completed = await _store.CountAsync(pairs, new Query(DreamRun.DocumentType) { Where = ended }, cancellationToken);
        var failed = completed == 0 ? 0 : await _store.CountAsync(pairs, new Query(DreamRun.DocumentType) { Where = Stored.And(ended, new Condition.Not(new Condition.IsNull(Field.Text("error")))) }, cancellationToken);
        return new WorkUnits(completed + running + pending, completed, running, pending, failed);
    }

    /// <summary>The sessions that must be looked at one by one; where no peer is asked for, idle ones are filled in from their last progress instead.</summary>
    private async Task<IReadOnlyCollection<string>> SessionsAsync(
        string workspace,
        string? observer,
        string? sender,
        Dictionary<string, WorkUnits> idle,
        CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (observer is not null || sender is not null)
        {
            foreach (var peer in new[] { observer, sender }.OfType<string>())
            {
                await foreach (var document in _store.AllAsync(Owners.Memberships(workspace, peer), new Query("membership"), cancellationToken))
                    names.Add(document.Id);
            }

            return names;
        }

        names.UnionWith(await DueSessionsAsync(workspace, cancellationToken));
        await foreach (var document in _store.AllAsync(Owners.Sessions(workspace), new Query("progress") { Where = Since(_time.GetUtcNow() - Memory) }, cancellationToken))
        {
            var progress = document.As(DocumentJson.Default.Progress);
            if (!names.Contains(progress.Session) && progress.Completed > 0)
                idle[progress.Session] = new WorkUnits(progress.Completed, progress.Completed, 0, 0, progress.Failed);
        }

        return names;
    }

    private static Condition.Compare Since(DateTimeOffset time) => new(Field.Time("createdAt"), Comparison.GreaterOrEqual, Timestamp.Of(time));

    private static WorkUnits Sum(WorkUnits one, WorkUnits other) => new(
        one.Total + other.Total,
        one.Completed + other.Completed,
        one.InProgress + other.InProgress,
        one.Pending + other.Pending,
        one.Failed + other.Failed);

    private async Task<SessionQueue> OfSessionAsync(Partition partition, string? observer, string? sender, CancellationToken cancellationToken)
    {
        // Watermarks first: they only grow, so work that finishes in between is counted as pending, never lost.
        var marks = await Watermarks.OfAsync(_store, partition, cancellationToken);
        var head = await _messages.HeadAsync(partition, cancellationToken);
        var state = await _lanes.ReadAsync(partition, cancellationToken);
        var tail = new List<Message>();
        await foreach (var message in _messages.RangeAsync(partition, marks.Derived, head.Visible, cancellationToken))
            tail.Add(message);

        var observation = await Observation.OfAsync(_store, state, tail.Select(message => message.PeerId), cancellationToken);
        var filtered = observer is not null || sender is not null;
        Message[] due = [.. tail.Where(message => observation.IsDue(message) && (!filtered || Concerns(message.PeerId, message.Sequence)))];
        var inProgress = due.LongCount(message => message.Sequence <= marks.Planned);
        if (filtered)
        {
            var derived = await CountDerivedAsync(partition, state, marks.Derived, Concerns, cancellationToken);
            return Detail(new WorkUnits(derived + due.Length, derived, inProgress, due.Length - inProgress, 0));
        }

        var summaries = SummarySchedule.Units(observation.SessionOptions, head.Visible);
        var summarised = Math.Min(summaries, SummarySchedule.Completed(observation.SessionOptions, marks, head.Visible));
        var completed = marks.DerivedUnits + summarised;
        var pending = due.Length - inProgress + summaries - summarised;
        return Detail(new WorkUnits(completed + inProgress + pending, completed, inProgress, pending, marks.FailedUnits));

        bool Concerns(string author, long sequence) =>
            author == sender || (observer is not null && observation.ObserversOf(author, sequence).Contains(observer));

        SessionQueue Detail(WorkUnits units)
        {
            if (units is { Pending: 0, InProgress: 0 })
                return new SessionQueue(partition.Second!, units, null, null);
            var oldest = due.Length > 0 ? due[0].ReceivedAt ?? due[0].CreatedAt : head.AppendedAt;
            return new SessionQueue(partition.Second!, units, oldest, Waiting.Of(head, marks, due.Length > 0 ? due[0].Sequence : long.MaxValue, _time.GetUtcNow()));
        }
    }

    private async Task<long> CountDerivedAsync(Partition partition, SessionState state, long derived, Func<string, long, bool> concerns, CancellationToken cancellationToken)
    {
        var observation = await Observation.OfAsync(_store, state, state.Members.Keys, cancellationToken);
        object[] senders = [.. state.Members.Values
            .Where(member => concerns(member.Peer, derived) && (member.Settings.ObserveMe ?? observation.IsObserved(member.Peer)))
            .Select(member => member.Peer)];
        if (senders.Length == 0 || !observation.SessionOptions.Reasoning)
            return 0;

        var query = new Query("message")
        {
            Where = Stored.And(
                new Condition.In(Field.Text("peerId"), senders),
                new Condition.Compare(Field.Number("sequence"), Comparison.LessOrEqual, (double)derived),
                new Condition.Not(new Condition.Compare(Field.Boolean("configuration", "reasoning", "enabled"), Comparison.Equal, false))),
        };
        return await _store.CountAsync(partition, query, cancellationToken);
    }
}
