using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Threads;

/// <summary>The state that a workflow keeps in a thread. Writing it is activity of the thread.</summary>
public sealed class ThreadStates
{
    private const int Attempts = 64;

    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly SessionProjection _projection;
    private readonly ThreadReader _reader;
    private readonly ThreadDirectory _directory;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal ThreadStates(IDocumentStore store, SessionLanes lanes, SessionProjection projection, ThreadReader reader, ThreadDirectory directory, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _projection = projection;
        _reader = reader;
        _directory = directory;
        _queue = queue;
        _time = time;
    }

    /// <summary>Null while the thread has no state. Not found, or expired, without the thread.</summary>
    public async Task<WorkflowState?> FindAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var thread = await _reader.GetAsync(workspace, id, cancellationToken);
        return await ReadAsync(workspace, thread, cancellationToken);
    }

    /// <param name="precondition">On the state's tag.</param>
    public async Task<WorkflowState> ChangeAsync(string workspace, string id, StateChange change, Precondition precondition, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var thread = await _reader.GetAsync(workspace, id, cancellationToken);
            var current = await ReadAsync(workspace, thread, cancellationToken);
            precondition.Demand(current?.Tag);
            var next = change.Apply(current, thread.Thread.WorkflowName, _time.GetUtcNow());
            if (await TryWriteAsync(Partition.Conversation(workspace, id), current?.Tag, next, cancellationToken))
                return next;
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change this state at once; try again.");
    }

    internal static Operation Write(WorkflowState state) => new Operation.Upsert(WorkflowState.OfThread, Stored.Body(state, DocumentJson.Default.WorkflowState));

    /// <summary>False when the state is no longer the one that the change was made from.</summary>
    private async Task<bool> TryWriteAsync(Partition partition, string? from, WorkflowState next, CancellationToken cancellationToken)
    {
        var settings = await _directory.SettingsAsync(partition.Workspace, cancellationToken);
        var write = Write(next);
        var written = false;
        var state = await _lanes.ChangeAsync(partition, Plan, cancellationToken);
        if (written)
        {
            await _projection.WriteSessionAsync(state, cancellationToken);
            await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, CancellationToken.None);
        }

        return written;

        SessionChange Plan(SessionState current)
        {
            var thread = _reader.Demand(current, settings).Thread;
            written = thread.StateTag == from;
            if (!written)
                return new SessionChange(current);

            var put = Threads.Write(current, thread with { StateTag = next.Tag, Tag = next.Tag }, _time);
            return put with { Operations = [write, .. put.Operations] };
        }
    }

    /// <summary>The thread decides whether it has a state.</summary>
    private async Task<WorkflowState?> ReadAsync(string workspace, ThreadSnapshot thread, CancellationToken cancellationToken) => thread.Thread.StateTag is null
        ? null
        : await _store.FindAsync(Partition.Conversation(workspace, thread.Id), WorkflowState.OfThread, DocumentJson.Default.WorkflowState, cancellationToken);
}
