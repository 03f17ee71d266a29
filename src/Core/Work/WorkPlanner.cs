using System.Text.Json;
using Kith.Core.Agency;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Editing;
using Kith.Core.Erasing;
using Kith.Core.Events;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Reads how far projections are and says what is due. It decides by what is stored alone, so it may be asked at any time, by anyone.</summary>
public sealed class WorkPlanner
{
    private const int IndexWindow = 200;
    private const int ExpireWindow = 100;

    private readonly IDocumentStore _store;
    private readonly MessageLog _messages;
    private readonly Debounce? _debounce;
    private readonly DreamOptions _dreams;
    private readonly Replier _replier;
    private readonly FailedSteps _failures;
    private readonly Outbox _outbox;
    private readonly Courier _courier;
    private readonly Editor _editor;
    private readonly TimeProvider _time;

    internal WorkPlanner(
        IDocumentStore store,
        MessageLog messages,
        Debounce? debounce,
        DreamOptions dreams,
        Replier replier,
        FailedSteps failures,
        Outbox outbox,
        Courier courier,
        Editor editor,
        TimeProvider time)
    {
        _store = store;
        _messages = messages;
        _debounce = debounce;
        _dreams = dreams;
        _replier = replier;
        _failures = failures;
        _outbox = outbox;
        _courier = courier;
        _editor = editor;
        _time = time;
    }

    /// <summary>The steps that are due now in a session, a pair, a workspace or a job; steps of one plan may run in parallel. Empty when nothing is.</summary>
    public Task<IReadOnlyList<WorkStep>> PlanAsync(Partition partition, CancellationToken cancellationToken) => partition.Container switch
    {
        Container.Conversations => PlanSessionAsync(partition, cancellationToken),
        Container.Memory => PlanPairAsync(partition, cancellationToken),
        Container.Directory when partition == Owners.Threads(partition.Workspace) => PlanThreadsAsync(partition, cancellationToken),
        Container.Directory => PlanWorkspaceAsync(partition, cancellationToken),
        Container.Work => PlanJobAsync(partition, cancellationToken),
        _ => Task.FromResult<IReadOnlyList<WorkStep>>([]),
    };

    private async Task<IReadOnlyList<WorkStep>> PlanSessionAsync(Partition partition, CancellationToken cancellationToken)
    {
        var read = await _store.GatherAsync(partition, [Head.Id, Watermarks.Id, SessionDocument.Id], [], cancellationToken);
        var head = Read(Head.Id)?.As(DocumentJson.Default.Head);
        if (head?.DueAt is null)
            return [];
        var now = _time.GetUtcNow();
        var known = new Known(Read(Watermarks.Id));
        var marks = known.Document?.As(DocumentJson.Default.Watermarks) ?? new Watermarks();
        // What was said shortly before a thread expires is learnt before it goes.
        if (head.Deleting && !(head.Expired && marks.Derived < head.Visible))
            return [new WorkStep.PurgeSession(partition)];
        // Nothing has come in since it was deferred, and nobody asked for it.
        if (head.DueAt > now && marks.Stall?.RetryAt == head.DueAt && !head.Deleting)
            return [];
        var workspace = await Observation.WorkspaceAsync(_store, partition.Workspace, cancellationToken);
        if (head.Deleting)
            return [await PlanDeriveAsync(partition, known, marks, head.Visible, now, workspace, cancellationToken)];

        var options = ProcessingOptions.Resolve(Read(SessionDocument.Id)?.As(DocumentJson.Default.Session).Configuration ?? FreeJson.Empty, workspace);
        var steps = new List<WorkStep>();
        if (marks.Indexed < head.Visible)
            steps.Add(new WorkStep.Index(partition, marks.Indexed, Math.Min(head.Visible, marks.Indexed + IndexWindow)));
        var until = marks.Derived < head.Visible ? await WaitsUntilAsync(partition, head, marks, cancellationToken) : null;
        if (marks.Derived < head.Visible && until is null)
            steps.Add(await PlanDeriveAsync(partition, known, marks, head.Visible, now, workspace, cancellationToken));
        foreach (var (kind, covered) in new[] { (SummaryKind.Short, marks.ShortSummarised), (SummaryKind.Long, marks.LongSummarised) })
        {
            var target = SummarySchedule.Target(options, kind, head.Visible);
            if (covered < target)
                steps.Add(new WorkStep.Summarise(partition, kind, covered, target));
        }

        if (steps.Count > 0)
            return steps;
        if (head.Edits > head.EditsDone && await _editor.PlanAsync(partition, head, marks, cancellationToken) is { } edit)
            return [edit];
        if (until is not { } time)
            return [new WorkStep.Settle(partition, head.Visible)];
        return head.DueAt >= time ? [] : [new WorkStep.Wait(partition, head.Visible, time)];

        Document? Read(string id) => read.FirstOrDefault(document => document.Id == id);
    }

    /// <summary>Until when messages are gathered before they are derived; null when they need not wait.</summary>
    private async Task<DateTimeOffset?> WaitsUntilAsync(Partition partition, Head head, Watermarks marks, CancellationToken cancellationToken)
    {
        if (_debounce is null || head.AppendedAt is null || marks.Planned > marks.Derived || head.Flushed > marks.Derived)
            return null;

        await foreach (var first in _messages.RangeAsync(partition, marks.Derived, marks.Derived + 1, cancellationToken))
        {
            if (head.Tokens - first.TokensBefore >= _debounce.Tokens)
                return null;
        }

        var now = _time.GetUtcNow();
        var (idle, longest) = (head.AppendedAt.Value + _debounce.Idle, (marks.WaitingSince ?? now) + _debounce.Longest);
        var until = idle < longest ? idle : longest;
        return until > now ? until : null;
    }

    /// <param name="now">Before anything was read.</param>
    /// <param name="workspace">Its configuration.</param>
    private async Task<WorkStep> PlanDeriveAsync(
        Partition partition, Known known, Watermarks marks, long visible, DateTimeOffset now, JsonElement workspace, CancellationToken cancellationToken)
    {
        if (marks.Planned > marks.Derived)
            return new WorkStep.Derive(partition, marks.Derived, marks.Planned);

        var (through, authors) = await DeriveWindow.EndAsync(_messages, partition, marks.Derived, visible, cancellationToken);
        var plan = await Observation.PlanAsync(_store, partition.Workspace, now, workspace, authors, cancellationToken);
        await Watermarks.ChangeAsync(
            _store,
            partition,
            known,
            current => current.Planned > current.Derived ? current : current with { Planned = through, Plan = plan, WaitingSince = null },
            cancellationToken);
        return new WorkStep.Derive(partition, marks.Derived, through);
    }

    private async Task<IReadOnlyList<WorkStep>> PlanPairAsync(Partition partition, CancellationToken cancellationToken)
    {
        var steps = new List<WorkStep>(await _outbox.PlanAsync(partition, cancellationToken));
        var dream = await _store.FindAsync(partition, Dream.Id, DocumentJson.Default.Dream, cancellationToken);
        if (dream is null)
            return steps;

        var now = _time.GetUtcNow();
        if (dream.RepairAt <= now)
            steps.Add(new WorkStep.IndexConclusions(partition, dream.Unindexed));
        if (dream.At(_dreams) <= now)
            steps.Add(new WorkStep.Consolidate(partition));
        return steps;
    }

    private async Task<IReadOnlyList<WorkStep>> PlanThreadsAsync(Partition partition, CancellationToken cancellationToken)
    {
        var due = new Query("thread") { Where = new Condition.Compare(Field.Time("dueAt"), Comparison.LessOrEqual, Timestamp.Of(_time.GetUtcNow())), Limit = ExpireWindow };
        var page = await _store.QueryAsync(partition, due, cancellationToken);
        return [.. page.Items.Select(entry => new WorkStep.ExpireThread(Partition.Conversation(partition.Workspace, entry.Id)))];
    }

    private async Task<IReadOnlyList<WorkStep>> PlanWorkspaceAsync(Partition partition, CancellationToken cancellationToken)
    {
        var workspace = await _store.FindAsync(partition, Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);
        if (workspace?.DueAt is not { } due || (due > _time.GetUtcNow() + Due.ProjectionGrace && !workspace.Deleting))
            return [];
        return workspace.Deleting ? [new WorkStep.PurgeWorkspace(partition)] : [new WorkStep.ProjectWorkspace(partition)];
    }

    /// <summary>What stands in the partition says whose job it is: the embedding models', deliveries to an address, a rebuild's, or that of the agents and failures of a session.</summary>
    private async Task<IReadOnlyList<WorkStep>> PlanJobAsync(Partition partition, CancellationToken cancellationToken)
    {
        if (Delivery.IsPlace(partition))
            return await _courier.PlanAsync(partition, cancellationToken);
        if (partition == EmbeddingModels.Place)
        {
            var configured = await _store.FindAsync(partition, ConfiguredModel.Id, DocumentJson.Default.ConfiguredModel, cancellationToken);
            return configured?.DueAt <= _time.GetUtcNow() ? [new WorkStep.Reembed(partition)] : [];
        }

        if (partition.Second!.StartsWith(Erasure.Place, StringComparison.Ordinal))
        {
            var due = new Query(Erasure.DocumentType) { Where = new Condition.Compare(Field.Time("dueAt"), Comparison.LessOrEqual, Timestamp.Of(_time.GetUtcNow())), Limit = ExpireWindow };
            return [.. (await _store.QueryAsync(partition, due, cancellationToken)).Items.Select(erasure => new WorkStep.Erase(partition, erasure.Id))];
        }

        if (partition.Second.StartsWith(Porting.Import.Place, StringComparison.Ordinal))
        {
            var import = await _store.FindAsync(partition, Porting.Import.DocumentId, DocumentJson.Default.Import, cancellationToken);
            return import?.DueAt <= _time.GetUtcNow() ? [new WorkStep.Import(partition)] : [];
        }

        if (await _store.FindAsync(partition, Rebuilding.Rebuild.DocumentId, DocumentJson.Default.Rebuild, cancellationToken) is { } rebuild)
            return rebuild.DueAt <= _time.GetUtcNow() ? [new WorkStep.Rebuild(partition)] : [];
        return [.. await _replier.PlanAsync(partition, cancellationToken), .. await _failures.PlanAsync(partition, cancellationToken)];
    }
}
