using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kith.Functions.Double;

/// <summary>
/// One turn of an orchestrator: it runs from its beginning, the history answers what it has asked before, and what it asks beyond that is collected. An orchestrator
/// that asks otherwise than last time, or that comes back on another thread, has used something else than its context.
/// </summary>
internal sealed class ReplayContext(Instance instance) : TaskOrchestrationContext
{
    private readonly Dictionary<int, Action<HistoryEvent>> _tasks = [];
    private readonly Queue<HistoryEvent.Raised> _unread = [];
    private readonly Queue<Action<HistoryEvent.Raised>> _waiting = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _next;

    public List<ScheduledActivity> Scheduled { get; } = [];

    /// <summary>Set when the orchestrator starts over.</summary>
    public (string Input, IReadOnlyList<HistoryEvent.Raised> Unread)? Renewed { get; private set; }

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.Id;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => throw Foreign("a clock");

    public override bool IsReplaying => _next < instance.Scheduled.Count;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>Lets the orchestrator learn what happened, one event after the other.</summary>
    public void Apply(HistoryEvent happened)
    {
        if (happened is HistoryEvent.Raised raised)
        {
            if (_waiting.TryDequeue(out var waiting))
                waiting(raised);
            else
                _unread.Enqueue(raised);
            return;
        }

        var task = happened is HistoryEvent.Completed completed ? completed.Task : ((HistoryEvent.Failed)happened).Task;
        _tasks[task](happened);
    }

    public override T GetInput<T>()
    {
        DemandOwnThread();
        return JsonSerializer.Deserialize<T>(instance.Input)!;
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        DemandOwnThread();
        var scheduled = new ScheduledActivity(_next++, name.Name, JsonSerializer.Serialize(input), options?.Retry?.Policy);
        if (scheduled.Id < instance.Scheduled.Count && !scheduled.IsSameAs(instance.Scheduled[scheduled.Id]))
            throw new InvalidOperationException($"The orchestrator is not deterministic: call {scheduled.Id} was {instance.Scheduled[scheduled.Id]} and is {scheduled}.");
        Scheduled.Add(scheduled);

        // Continuations run at once and on this thread, as those of a real orchestrator do.
        var source = new TaskCompletionSource<TResult>();
        _tasks[scheduled.Id] = happened =>
        {
            if (happened is HistoryEvent.Completed completed)
                source.SetResult(JsonSerializer.Deserialize<TResult>(completed.Result)!);
            else if (happened is HistoryEvent.Failed failed)
                source.SetException(new TaskFailedException(scheduled.Name, scheduled.Id, new TaskFailureDetails(failed.Error, failed.Message, null, null, null)));
        };
        return source.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        DemandOwnThread();
        if (_unread.TryDequeue(out var raised))
            return Task.FromResult(JsonSerializer.Deserialize<T>(raised.Payload)!);
        var source = new TaskCompletionSource<T>();
        _waiting.Enqueue(raised => source.SetResult(JsonSerializer.Deserialize<T>(raised.Payload)!));
        return source.Task;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        DemandOwnThread();
        Renewed = (JsonSerializer.Serialize(newInput), preserveUnprocessedEvents ? [.. _unread] : []);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => throw Foreign("timers");

    public override void SendEvent(string instanceId, string eventName, object payload) => throw Foreign("events to others");

    public override void SetCustomStatus(object? customStatus) => throw Foreign("a custom status");

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw Foreign("other orchestrations");

    public override Guid NewGuid() => throw Foreign("ids");

    private static NotSupportedException Foreign(string what) => new($"The orchestrators of this app use no {what}.");

    private void DemandOwnThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("The orchestrator waited for something else than its context.");
    }
}
