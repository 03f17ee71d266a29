using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Kith.Functions.Double;

/// <summary>
/// The durable backend in this process. Between turns nothing of an orchestrator is kept but its history, so every turn is what follows a crash.
/// It knows what host.json asks for: instances that run are not started anew, and finished ones cannot be woken.
/// </summary>
public sealed class DurableDouble(FunctionTable functions, IServiceProvider services, CancellationToken stops) : DurableTaskClient("double")
{
    private const int MaxConcurrentActivities = 8;
    private readonly Dictionary<string, Instance> _instances = [];
    private readonly SemaphoreSlim _slots = new(MaxConcurrentActivities);
    private readonly List<string> _runs = [];
    private int _active;

    /// <summary>Decides about each run of an activity: its name, input and how often that was begun before.</summary>
    public Func<string, string, int, ActivityFate> Fate { get; set; } = (_, _, _) => ActivityFate.Runs;

    /// <summary>Waits before an activity is tried again; tests wait for nothing.</summary>
    public Func<TimeSpan, Task> Pause { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited when an orchestrator, of that name, has returned and its end is not kept yet.</summary>
    public Func<string, Task> BeforeEnd { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether the backend answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>Orchestrations that were started and activities that ran, by name.</summary>
    public IReadOnlyList<string> Runs
    {
        get
        {
            lock (_instances)
                return [.. _runs];
        }
    }

    /// <summary>How often orchestrators started over.</summary>
    public int Renewals { get; private set; }

    /// <summary>Nothing runs and nothing is about to.</summary>
    public bool IsIdle => Volatile.Read(ref _active) == 0;

    /// <summary>Everything that the backend keeps of inputs, results and failures.</summary>
    public IReadOnlyList<string> Kept { get; private set; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        DemandPresence();
        if (!functions.Has(orchestratorName.Name))
            throw new ArgumentException($"There is no orchestrator {orchestratorName.Name}.");
        var id = options?.InstanceId ?? throw new ArgumentException("The app names its instances.");
        lock (_instances)
        {
            if (_instances.TryGetValue(id, out var current) && options.DedupeStatuses!.Contains(current.Status.ToString()))
                throw new InvalidOperationException($"An Orchestration instance with the ID {id} already exists.");
            var instance = new Instance(id, orchestratorName.Name, Keep(JsonSerializer.Serialize(input)));
            _instances[id] = instance;
            _runs.Add(instance.Name);
            Turn(instance);
        }

        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        DemandPresence();
        lock (_instances)
        {
            if (!_instances.TryGetValue(instanceId, out var instance) || instance.IsCompleted)
                throw new InvalidOperationException("The orchestration instance with the provided instance id is not running.");
            Deliver(instance, new HistoryEvent.Raised(eventName, Keep(JsonSerializer.Serialize(eventPayload))));
        }

        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        DemandPresence();
        lock (_instances)
        {
            return Task.FromResult(_instances.TryGetValue(instanceId, out var instance)
                ? new OrchestrationMetadata(instance.Name, instance.Id) { RuntimeStatus = instance.Status }
                : null);
        }
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw Unused();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw Unused();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw Unused();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw Unused();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => throw Unused();

    public override ValueTask DisposeAsync()
    {
        _slots.Dispose();
        return ValueTask.CompletedTask;
    }

    private static NotSupportedException Unused() => new("The app does not use this.");

    private void DemandPresence()
    {
        if (IsAway)
            throw new InvalidOperationException("The durable backend does not answer.");
    }

    /// <summary>Under the lock.</summary>
    private string Keep(string text)
    {
        Kept = [.. Kept, text];
        return text;
    }

    /// <summary>Under the lock.</summary>
    private void Deliver(Instance instance, HistoryEvent happened)
    {
        // What comes for an instance that has ended is lost, as it is in every backend.
        if (instance.IsCompleted)
            return;
        instance.Inbox.Add(happened);
        Turn(instance);
    }

    /// <summary>Under the lock.</summary>
    private void Turn(Instance instance)
    {
        if (instance.IsTurning)
            return;
        instance.IsTurning = true;
        Begin(() => TurnAsync(instance));
    }

    private void Begin(Func<Task> work)
    {
        Interlocked.Increment(ref _active);
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Interlocked.Decrement(ref _active);
            }
        });
    }

    private async Task TurnAsync(Instance instance)
    {
        do
        {
            lock (_instances)
            {
                instance.Status = OrchestrationRuntimeStatus.Running;
                instance.History.AddRange(instance.Inbox);
                instance.Inbox.Clear();
            }

            var context = new ReplayContext(instance);
            var run = functions.InvokeAsync(instance.Name, services, context);
            foreach (var happened in instance.History.ToArray())
                context.Apply(happened);
            if (run.IsCompleted && context.Renewed is null)
                await BeforeEnd(instance.Name);
            lock (_instances)
                Keep(instance, context, run);
        }
        while (GoesOn(instance));
    }

    private void Keep(Instance instance, ReplayContext context, Task run)
    {
        if (!run.IsCompleted)
        {
            foreach (var scheduled in context.Scheduled.Skip(instance.Scheduled.Count))
            {
                instance.Scheduled.Add(scheduled);
                Keep(scheduled.Input);
                var generation = instance.Generation;
                Begin(() => RunAsync(instance, generation, scheduled));
            }

            return;
        }

        if (run.IsCompletedSuccessfully && context.Renewed is { } renewed)
        {
            instance.Input = renewed.Input;
            instance.History.Clear();
            instance.Scheduled.Clear();
            instance.Generation++;
            Renewals++;
            instance.Inbox.InsertRange(0, renewed.Unread);
            return;
        }

        instance.Status = run.IsCompletedSuccessfully ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed;
        if (run.Exception?.InnerException is { } failure)
            Keep($"{failure.GetType().Name}: {failure.Message}");
    }

    private bool GoesOn(Instance instance)
    {
        lock (_instances)
        {
            var again = !instance.IsCompleted && !stops.IsCancellationRequested && (instance.Inbox.Count > 0 || instance.History.Count + instance.Scheduled.Count == 0);
            instance.IsTurning = again;
            return again;
        }
    }

    private async Task RunAsync(Instance instance, int generation, ScheduledActivity scheduled)
    {
        await _slots.WaitAsync(stops);
        HistoryEvent outcome;
        try
        {
            outcome = await TryAsync(scheduled);
        }
        finally
        {
            _slots.Release();
        }

        lock (_instances)
        {
            if (instance.Generation == generation)
                Deliver(instance, outcome);
        }
    }

    private async Task<HistoryEvent> TryAsync(ScheduledActivity scheduled)
    {
        var begun = 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new HistoryEvent.Completed(scheduled.Id, await OnceAsync(scheduled, begun));
            }
            catch (Exception exception) when (attempt < (scheduled.Retry?.MaxNumberOfAttempts ?? 1) && !stops.IsCancellationRequested)
            {
                lock (_instances)
                    Keep($"{exception.GetType().Name}: {exception.Message}");
                await Pause(Delay(scheduled.Retry!, attempt));
                begun++;
            }
            catch (Exception exception)
            {
                lock (_instances)
                    Keep($"{exception.GetType().Name}: {exception.Message}");
                return new HistoryEvent.Failed(scheduled.Id, exception.GetType().FullName!, exception.Message);
            }
        }
    }

    private async Task<string> OnceAsync(ScheduledActivity scheduled, int begun)
    {
        for (; ; begun++)
        {
            var fate = Fate(scheduled.Name, scheduled.Input, begun);
            if (fate == ActivityFate.DiesBefore)
                continue;
            lock (_instances)
                _runs.Add(scheduled.Name);
            var result = JsonSerializer.Serialize(await functions.InvokeAsync(scheduled.Name, services, JsonSerializer.Deserialize<string>(scheduled.Input)!, stops));
            lock (_instances)
                Keep(result);
            if (fate == ActivityFate.Runs)
                return result;
        }
    }

    private static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        var delay = policy.FirstRetryInterval * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return delay < policy.MaxRetryInterval ? delay : policy.MaxRetryInterval;
    }
}
