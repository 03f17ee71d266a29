using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Threads;

/// <summary>Threads of workflows: sessions with a life of their own (spec modelchorus §8).</summary>
public sealed class Threads
{
    private readonly SessionLanes _lanes;
    private readonly SessionProjection _projection;
    private readonly MessageLog _log;
    private readonly Messages _messages;
    private readonly Sessions _sessions;
    private readonly Peers _peers;
    private readonly ThreadReader _reader;
    private readonly ThreadDirectory _directory;
    private readonly ThreadExpiry _expiry;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Threads(
        SessionLanes lanes,
        SessionProjection projection,
        MessageLog log,
        Messages messages,
        Sessions sessions,
        Peers peers,
        ThreadReader reader,
        ThreadDirectory directory,
        ThreadExpiry expiry,
        IWorkQueue queue,
        TimeProvider time)
    {
        _lanes = lanes;
        _projection = projection;
        _log = log;
        _messages = messages;
        _sessions = sessions;
        _peers = peers;
        _reader = reader;
        _directory = directory;
        _expiry = expiry;
        _queue = queue;
        _time = time;
    }

    /// <summary>
    /// Creates workspace and session too. Not found without the parent; invalid when the branch point is no message of it; conflict when the id is taken.
    /// </summary>
    public async Task<ThreadSnapshot> CreateAsync(string workspace, NewThread thread, CancellationToken cancellationToken)
    {
        if (thread.ParentThreadId is null && thread.BranchPoint is not null)
            throw new KithException(ErrorCode.Invalid, "A branchPoint needs a parentThreadId");

        var parent = thread.ParentThreadId is null ? null : await _reader.GetAsync(workspace, thread.ParentThreadId, cancellationToken);
        var started = Start(thread, parent?.Thread);
        if (parent is not null)
            started = await BranchAsync(workspace, started, parent, thread.BranchPoint, cancellationToken);
        var id = thread.Id ?? Guid.NewGuid().ToString();
        var now = _time.GetUtcNow();
        await _peers.EnsureWorkspaceAsync(workspace, cancellationToken);
        var (state, _) = await _messages.AppendAsync(workspace, id, [], state => Begin(state, started, now, _time), now, claim: null, cancellationToken);
        return ThreadSnapshot.Of(state, await _directory.SettingsAsync(workspace, cancellationToken))!;
    }

    /// <summary>Not found, or expired (not found with detail <c>expired</c>).</summary>
    public Task<ThreadSnapshot> GetAsync(string workspace, string id, CancellationToken cancellationToken) => _reader.GetAsync(workspace, id, cancellationToken);

    /// <summary>Completed threads may be completed again; conflict from archived (spec modelchorus §9).</summary>
    public Task<ThreadSnapshot> CompleteAsync(string workspace, string id, CancellationToken cancellationToken) => ChangeAsync(
        workspace,
        id,
        thread => thread.Status == ThreadStatus.Archived
            ? throw new KithException(ErrorCode.Conflict, $"Thread {id} is archived; reopen it first.")
            : thread with { Status = ThreadStatus.Completed },
        Precondition.None,
        cancellationToken);

    public Task<ThreadSnapshot> ArchiveAsync(string workspace, string id, CancellationToken cancellationToken) =>
        ChangeAsync(workspace, id, thread => thread with { Status = ThreadStatus.Archived }, Precondition.None, cancellationToken);

    public Task<ThreadSnapshot> ReopenAsync(string workspace, string id, CancellationToken cancellationToken) =>
        ChangeAsync(workspace, id, thread => thread with { Status = ThreadStatus.Active }, Precondition.None, cancellationToken);

    /// <param name="precondition">On <see cref="ThreadSnapshot.ETag"/>.</param>
    public Task<ThreadSnapshot> UpdateAsync(string workspace, string id, ThreadUpdate update, Precondition precondition, CancellationToken cancellationToken) => ChangeAsync(
        workspace,
        id,
        thread => thread with
        {
            InitialContext = update.InitialContext is { } members ? FreeJson.Assign(thread.InitialContext, members) : thread.InitialContext,
            WorkflowName = update.WorkflowName ?? thread.WorkflowName,
            TtlHours = update.TtlHours ?? thread.TtlHours,
            MaxMessages = update.MaxMessages ?? thread.MaxMessages,
        },
        precondition,
        cancellationToken);

    /// <summary>Deletes the thread with everything that was learnt in it. Conflict while it has branches and the rule forbids that.</summary>
    public async Task DeleteAsync(string workspace, string id, ChildrenRule rule, CancellationToken cancellationToken)
    {
        await _reader.GetAsync(workspace, id, cancellationToken);
        var doomed = new List<string> { id };
        for (var i = 0; i < doomed.Count && rule != ChildrenRule.Orphan; i++)
        {
            await foreach (var child in _directory.AllAsync(workspace, ThreadDirectory.HasParent(doomed[i]), cancellationToken))
            {
                if (rule == ChildrenRule.Forbid)
                    throw new KithException(ErrorCode.Conflict, $"Thread {id} has branches.");
                if (!doomed.Contains(child.Id))
                    doomed.Add(child.Id);
            }
        }

        // Branches first: what is left by a crash on the way hangs together.
        doomed.Reverse();
        foreach (var thread in doomed)
        {
            if (thread == id || await _reader.FindAsync(workspace, thread, cancellationToken) is not null)
                await _sessions.DeleteAsync(workspace, thread, cancellationToken);
        }
    }

    /// <summary>Ends threads that are too old, as expiry does: their messages go, what was learnt from them stays. How many.</summary>
    /// <param name="maxAge">In place of every time to live; null for what each thread has.</param>
    public Task<int> CleanUpExpiredAsync(string workspace, TimeSpan? maxAge, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return EndAsync(workspace, thread => maxAge is { } age ? now - thread.UpdatedAt > age : thread.IsExpired(now), cancellationToken);
    }

    /// <summary>Ends archived threads that nothing happened to for so long. How many.</summary>
    public Task<int> CleanUpArchivedAsync(string workspace, TimeSpan keepRecent, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return EndAsync(workspace, thread => thread.Thread.Status == ThreadStatus.Archived && now - thread.UpdatedAt >= keepRecent, cancellationToken);
    }

    /// <summary>A thread at its beginning. Invalid when one peer would speak in two roles.</summary>
    internal static ConversationThread Start(NewThread thread, ConversationThread? parent)
    {
        var started = new ConversationThread
        {
            WorkflowName = thread.WorkflowName,
            ParentThreadId = thread.ParentThreadId,
            InitialContext = thread.InitialContext ?? FreeJson.Empty,
            UserPeer = thread.UserPeer ?? parent?.UserPeer ?? Roles.User,
            AssistantPeer = thread.AssistantPeer ?? parent?.AssistantPeer ?? Roles.Assistant,
            SystemPeer = thread.SystemPeer ?? parent?.SystemPeer ?? Roles.System,
            TtlHours = thread.TtlHours,
            MaxMessages = thread.MaxMessages,
            Tag = Ids.New(),
        };
        return new[] { started.UserPeer, started.AssistantPeer, started.SystemPeer }.Distinct().Count() == 3
            ? started
            : throw new KithException(ErrorCode.Invalid, "userPeer, assistantPeer and systemPeer must be different");
    }

    /// <summary>The session as a new thread; conflict when there is one of that id.</summary>
    internal static SessionChange Begin(SessionState state, ConversationThread thread, DateTimeOffset createdAt, TimeProvider time)
    {
        if (state.Exists || state.Head.Deleting)
        {
            throw new KithException(
                ErrorCode.Conflict,
                state.Head.Deleting ? $"Thread {state.Name} is being removed; try again." : $"There is a {(state.Session!.Thread is null ? "session" : "thread")} {state.Name} already.");
        }

        var session = new Session
        {
            Name = state.Name,
            WorkspaceId = state.Workspace,
            Metadata = FreeJson.Empty,
            Configuration = FreeJson.Empty,
            CreatedAt = createdAt,
            Thread = thread,
        };
        return Sessions.Put(state, session, time);
    }

    /// <param name="point">A message of the parent; its newest one when null.</param>
    private async Task<ConversationThread> BranchAsync(string workspace, ConversationThread branch, ThreadSnapshot parent, string? point, CancellationToken cancellationToken)
    {
        if (point is not null)
        {
            var given = await _log.FindAsync(workspace, parent.Id, point, cancellationToken)
                ?? throw new KithException(ErrorCode.Invalid, $"branchPoint is no message of thread {parent.Id}");
            return branch with { BranchPoint = given.Id, BranchSequence = given.Sequence };
        }

        var newest = await _log.LastAsync(Partition.Conversation(workspace, parent.Id), parent.Stored, cancellationToken);
        return branch with { BranchPoint = newest?.Id, BranchSequence = newest?.Sequence ?? 0 };
    }

    private async Task<ThreadSnapshot> ChangeAsync(
        string workspace,
        string id,
        Func<ConversationThread, ConversationThread> change,
        Precondition precondition,
        CancellationToken cancellationToken)
    {
        await _reader.GetAsync(workspace, id, cancellationToken);
        var settings = await _directory.SettingsAsync(workspace, cancellationToken);
        var partition = Partition.Conversation(workspace, id);
        var tag = Ids.New();
        var state = await _lanes.ChangeAsync(partition, Plan, cancellationToken);
        await _projection.WriteSessionAsync(state, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, CancellationToken.None);
        return ThreadSnapshot.Of(state, settings)!;

        SessionChange Plan(SessionState current)
        {
            var thread = _reader.Demand(current, settings);
            precondition.Demand(thread.ETag);
            return Write(current, change(thread.Thread) with { Tag = tag }, _time);
        }
    }

    /// <summary>The session with a changed thread, which is activity.</summary>
    internal static SessionChange Write(SessionState state, ConversationThread thread, TimeProvider time)
    {
        var put = Sessions.Put(state, state.Session! with { Thread = thread }, time);
        var now = time.GetUtcNow();
        return put with { Next = put.Next with { Head = put.Next.Head with { ActiveAt = now, DueAt = now } } };
    }

    private async Task<int> EndAsync(string workspace, Func<ThreadSnapshot, bool> rule, CancellationToken cancellationToken)
    {
        var ended = 0;
        await foreach (var thread in _directory.StoredAsync(workspace, cancellationToken))
        {
            if (rule(thread) && await _expiry.TryEndAsync(Partition.Conversation(workspace, thread.Id), rule, cancellationToken))
                ended++;
        }

        return ended;
    }
}
