using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;

namespace Kith.Core.Work;

/// <summary>
/// Runs one step. Every step may be run again, or twice at once: results are saved under ids that follow from their sources, and watermarks move
/// after the result is saved.
/// </summary>
public sealed class WorkRunner
{
    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly SessionProjection _projection;
    private readonly MessageLog _messages;
    private readonly Workspaces _workspaces;
    private readonly Conclusions _conclusions;
    private readonly Deriver _deriver;
    private readonly Summariser _summariser;
    private readonly Dreamer _dreamer;
    private readonly Purger _purger;
    private readonly IRecallIndex _index;
    private readonly IEmbedder _embedder;
    private readonly TimeProvider _time;

    internal WorkRunner(
        IDocumentStore store,
        SessionLanes lanes,
        SessionProjection projection,
        MessageLog messages,
        Workspaces workspaces,
        Conclusions conclusions,
        Deriver deriver,
        Summariser summariser,
        Dreamer dreamer,
        Purger purger,
        IRecallIndex index,
        IEmbedder embedder,
        TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _projection = projection;
        _messages = messages;
        _workspaces = workspaces;
        _conclusions = conclusions;
        _deriver = deriver;
        _summariser = summariser;
        _dreamer = dreamer;
        _purger = purger;
        _index = index;
        _embedder = embedder;
        _time = time;
    }

    /// <summary>Throws <see cref="KithException"/> with <see cref="ErrorCode.Unavailable"/> for what a retry may cure; anything else is permanent (see <see cref="SkipAsync"/>).</summary>
    public Task RunAsync(WorkStep step, CancellationToken cancellationToken) => step switch
    {
        WorkStep.Index index => IndexAsync(index, cancellationToken),
        WorkStep.Derive derive => _deriver.RunAsync(derive, cancellationToken),
        WorkStep.Summarise summarise => _summariser.RunAsync(summarise, cancellationToken),
        WorkStep.Settle settle => SettleAsync(settle, cancellationToken),
        WorkStep.PurgeSession purge => _purger.SessionAsync(purge.Partition, cancellationToken),
        WorkStep.PurgeWorkspace purge => _purger.WorkspaceAsync(purge.Partition.Workspace, cancellationToken),
        WorkStep.ProjectWorkspace project => ProjectWorkspaceAsync(project.Partition, cancellationToken),
        WorkStep.Consolidate consolidate => _dreamer.RunAsync(consolidate.Partition, cancellationToken),
        WorkStep.IndexConclusions index => _conclusions.RepairIndexAsync(index.Partition, index.Ids, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>
    /// Gives a step up that cannot succeed: records it with its reason and moves the watermark, so that later work goes on.
    /// False for steps that nothing may skip; they are tried again.
    /// </summary>
    public async Task<bool> SkipAsync(WorkStep step, string reason, CancellationToken cancellationToken)
    {
        if (step is not (WorkStep.Index or WorkStep.Derive or WorkStep.Summarise))
            return false;

        var (kind, after, through) = step switch
        {
            WorkStep.Index index => ("index", index.After, index.Through),
            WorkStep.Derive derive => ("derive", derive.After, derive.Through),
            WorkStep.Summarise summarise => ($"summarise-{summarise.Kind}", summarise.After, summarise.Through),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
        var session = step.Partition.Second!;
        var failed = new FailedStep { Session = session, Kind = kind, After = after, Through = through, Reason = reason, CreatedAt = _time.GetUtcNow() };
        await _store.PutAsync(Partition.Work(step.Partition.Workspace, session), Ids.Of(kind, $"{after}", $"{through}"), failed, DocumentJson.Default.FailedStep, cancellationToken);
        var units = step is WorkStep.Derive ? await _deriver.CountDueAsync(step.Partition, after, through, cancellationToken) : 0;
        await Watermarks.ChangeAsync(_store, step.Partition, Advance, cancellationToken);
        return true;

        Watermarks Advance(Watermarks marks) => step switch
        {
            WorkStep.Index when marks.Indexed < through => marks with { Indexed = through },
            WorkStep.Derive when marks.Derived < through =>
                marks with { Derived = through, DerivedUnits = marks.DerivedUnits + units, FailedUnits = marks.FailedUnits + units },
            WorkStep.Summarise { Kind: SummaryKind.Short } when marks.ShortSummarised < through => marks with { ShortSummarised = through, FailedUnits = marks.FailedUnits + 1 },
            WorkStep.Summarise { Kind: SummaryKind.Long } when marks.LongSummarised < through => marks with { LongSummarised = through, FailedUnits = marks.FailedUnits + 1 },
            _ => marks,
        };
    }

    private async Task IndexAsync(WorkStep.Index step, CancellationToken cancellationToken)
    {
        var messages = new List<Message>();
        await foreach (var message in _messages.RangeAsync(step.Partition, step.After, step.Through, cancellationToken))
        {
            if (!string.IsNullOrWhiteSpace(message.Content))
                messages.Add(message);
        }

        if (messages.Count > 0)
        {
            var vectors = await _embedder.EmbedAsync([.. messages.Select(message => Tokenizer.Truncate(message.Content, Limits.EmbeddingTokens))], cancellationToken);
            await _index.UpsertAsync([.. messages.Select((message, i) => MessageEntry.Of(message, vectors[i]))], cancellationToken);
        }

        await Watermarks.ChangeAsync(_store, step.Partition, marks => marks.Indexed >= step.Through ? marks : marks with { Indexed = step.Through }, cancellationToken);
    }

    private async Task SettleAsync(WorkStep.Settle step, CancellationToken cancellationToken)
    {
        // A change that plans nothing makes the lane remove what an unfinished append left behind.
        var state = await _lanes.ChangeAsync(step.Partition, state => new SessionChange(state), cancellationToken);
        if (!state.Exists)
        {
            await RemoveOrphanAsync(step.Partition, cancellationToken);
            return;
        }

        if (state.Head.Unprojected)
            await _projection.WriteAsync(state, [.. state.Members.Keys], cancellationToken);
        var marks = await Watermarks.OfAsync(_store, step.Partition, cancellationToken);
        var observation = await Observation.OfAsync(_store, state, [], cancellationToken);
        var progress = new Progress
        {
            Session = state.Name,
            CreatedAt = _time.GetUtcNow(),
            Completed = marks.DerivedUnits + SummarySchedule.Completed(observation.SessionOptions, marks, step.Visible),
            Failed = marks.FailedUnits,
        };
        await _store.PutAsync(Owners.Sessions(state.Workspace), Progress.IdOf(state.Name), progress, DocumentJson.Default.Progress, cancellationToken);
        await _lanes.ChangeAsync(step.Partition, Plan, cancellationToken);

        // Anything that came in since asks for another look by keeping DueAt.
        SessionChange Plan(SessionState current) =>
            current.Head.Visible == step.Visible && !current.Head.Deleting && ReferenceEquals(current.Members, state.Members) && ReferenceEquals(current.Session, state.Session)
                ? new SessionChange(current with { Head = current.Head with { DueAt = null, Unprojected = false } })
                : new SessionChange(current);
    }

    /// <summary>A head without a session is what an append that was to create the session left behind.</summary>
    private async Task RemoveOrphanAsync(Partition partition, CancellationToken cancellationToken)
    {
        if (await _store.ReadAsync(partition, Head.Id, cancellationToken) is not { } head)
            return;

        await _store.ExecuteAsync(partition, [new Operation.Delete(Head.Id, head.ETag)], cancellationToken);
        _lanes.Forget(partition);
    }

    private async Task ProjectWorkspaceAsync(Partition partition, CancellationToken cancellationToken)
    {
        var document = await _store.ReadAsync(partition, Owners.WorkspaceId, cancellationToken);
        if (document is null)
            return;

        var workspace = document.As(DocumentJson.Default.Workspace);
        await _workspaces.ProjectAsync(workspace, cancellationToken);
        var settled = Stored.Body(workspace with { DueAt = null }, DocumentJson.Default.Workspace);
        await _store.ExecuteAsync(partition, [new Operation.Replace(Owners.WorkspaceId, settled, document.ETag)], cancellationToken);
    }
}
