using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>How far background work is.</summary>
public sealed class Queues
{
    /// <summary>How long the completed units of an idle session, and dreams, are still counted in the workspace's status.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(12);

    private static readonly WorkUnits Nothing = new(0, 0, 0, 0, 0);

    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly MessageLog _messages;
    private readonly DreamOptions _dreams;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Queues(IDocumentStore store, SessionLanes lanes, MessageLog messages, DreamOptions dreams, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _messages = messages;
        _dreams = dreams;
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
            var units = await OfSessionAsync(Partition.Conversation(workspace, name), observer, sender, cancellationToken);
            if (units.Total > 0)
                sessions[name] = units;
        }

        var dreams = session is null ? await OfDreamsAsync(workspace, observer, sender, cancellationToken) : Nothing;
        return new QueueStatus(sessions.Values.Aggregate(dreams, Sum), sessions);
    }

    /// <summary>
    /// Has the messages that are stored by now derived without waiting for more. Not found without the session. A no-op when nothing waits.
    /// </summary>
    public async Task FlushAsync(string workspace, string session, CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(workspace, session);
        await _lanes.ChangeAsync(partition, Flush, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);

        SessionChange Flush(SessionState state)
        {
            state.Writable();
            return new SessionChange(state.Head.DueAt is null ? state : state with { Head = state.Head with { Flushed = state.Head.Visible, DueAt = _time.GetUtcNow() } });
        }
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
        foreach (var due in await _store.DueAsync(workspace, now + _dreams.Lease, StoreLimits.PageSize, cancellationToken))
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

        foreach (var due in await _store.DueAsync(workspace, DateTimeOffset.MaxValue, StoreLimits.PageSize, cancellationToken))
        {
            if (due.Id == Head.Id)
                names.Add(due.Partition.Second!);
        }

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

    private async Task<WorkUnits> OfSessionAsync(Partition partition, string? observer, string? sender, CancellationToken cancellationToken)
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
            return new WorkUnits(derived + due.Length, derived, inProgress, due.Length - inProgress, 0);
        }

        var summaries = SummarySchedule.Units(observation.SessionOptions, head.Visible);
        var summarised = Math.Min(summaries, SummarySchedule.Completed(observation.SessionOptions, marks, head.Visible));
        var completed = marks.DerivedUnits + summarised;
        var pending = due.Length - inProgress + summaries - summarised;
        return new WorkUnits(completed + inProgress + pending, completed, inProgress, pending, marks.FailedUnits);

        bool Concerns(string author, long sequence) =>
            author == sender || (observer is not null && observation.ObserversOf(author, sequence).Contains(observer));
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
