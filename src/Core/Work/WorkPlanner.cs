using Kith.Core.Agency;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Reads how far projections are and says what is due. It decides by what is stored alone, so it may be asked at any time, by anyone.</summary>
public sealed class WorkPlanner
{
    private const int IndexWindow = 200;

    /// <summary>Bounds of one derivation window: messages, and tokens of their content.</summary>
    private const int DeriveMessages = 100;
    private const int DeriveTokens = 8_192;

    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly MessageLog _messages;
    private readonly Replier _replier;
    private readonly TimeProvider _time;

    internal WorkPlanner(IDocumentStore store, SessionLanes lanes, MessageLog messages, Replier replier, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _messages = messages;
        _replier = replier;
        _time = time;
    }

    /// <summary>The steps that are due now in a session, a pair or a workspace; steps of one plan may run in parallel. Empty when nothing is.</summary>
    public Task<IReadOnlyList<WorkStep>> PlanAsync(Partition partition, CancellationToken cancellationToken) => partition.Container switch
    {
        Container.Conversations => PlanSessionAsync(partition, cancellationToken),
        Container.Memory => PlanPairAsync(partition, cancellationToken),
        Container.Directory => PlanWorkspaceAsync(partition, cancellationToken),
        Container.Work => _replier.PlanAsync(partition, cancellationToken),
        _ => Task.FromResult<IReadOnlyList<WorkStep>>([]),
    };

    private async Task<IReadOnlyList<WorkStep>> PlanSessionAsync(Partition partition, CancellationToken cancellationToken)
    {
        var head = await _messages.HeadAsync(partition, cancellationToken);
        if (head.DueAt is null)
            return [];
        if (head.Deleting)
            return [new WorkStep.PurgeSession(partition)];

        var state = await _lanes.ReadAsync(partition, cancellationToken);
        var observation = await Observation.OfAsync(_store, state, [], cancellationToken);
        var marks = await Watermarks.OfAsync(_store, partition, cancellationToken);
        var steps = new List<WorkStep>();
        if (marks.Indexed < head.Visible)
            steps.Add(new WorkStep.Index(partition, marks.Indexed, Math.Min(head.Visible, marks.Indexed + IndexWindow)));
        if (marks.Derived < head.Visible)
            steps.Add(await PlanDeriveAsync(partition, marks, head.Visible, cancellationToken));
        foreach (var (kind, covered) in new[] { (SummaryKind.Short, marks.ShortSummarised), (SummaryKind.Long, marks.LongSummarised) })
        {
            var target = SummarySchedule.Target(observation.SessionOptions, kind, head.Visible);
            if (covered < target)
                steps.Add(new WorkStep.Summarise(partition, kind, covered, target));
        }

        return steps.Count > 0 ? steps : [new WorkStep.Settle(partition, head.Visible)];
    }

    private async Task<WorkStep> PlanDeriveAsync(Partition partition, Watermarks marks, long visible, CancellationToken cancellationToken)
    {
        if (marks.Planned > marks.Derived)
            return new WorkStep.Derive(partition, marks.Derived, marks.Planned);

        var through = marks.Derived;
        var tokens = 0;
        await foreach (var message in _messages.RangeAsync(partition, marks.Derived, Math.Min(visible, marks.Derived + DeriveMessages), cancellationToken))
        {
            tokens += message.TokenCount;
            if (tokens > DeriveTokens && through > marks.Derived)
                break;
            through = message.Sequence;
        }

        await Watermarks.ChangeAsync(_store, partition, current => current.Planned > current.Derived ? current : current with { Planned = through }, cancellationToken);
        return new WorkStep.Derive(partition, marks.Derived, through);
    }

    private async Task<IReadOnlyList<WorkStep>> PlanPairAsync(Partition partition, CancellationToken cancellationToken)
    {
        var dream = await _store.FindAsync(partition, Dream.Id, DocumentJson.Default.Dream, cancellationToken);
        if (dream?.DueAt is null || dream.DueAt > _time.GetUtcNow())
            return [];

        var steps = new List<WorkStep>();
        if (dream.Unindexed.Count > 0)
            steps.Add(new WorkStep.IndexConclusions(partition, dream.Unindexed));
        if (dream.Asked)
            steps.Add(new WorkStep.Consolidate(partition));
        return steps;
    }

    private async Task<IReadOnlyList<WorkStep>> PlanWorkspaceAsync(Partition partition, CancellationToken cancellationToken)
    {
        var workspace = await _store.FindAsync(partition, Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);
        if (workspace?.DueAt is null)
            return [];
        return workspace.Deleting ? [new WorkStep.PurgeWorkspace(partition)] : [new WorkStep.ProjectWorkspace(partition)];
    }
}
