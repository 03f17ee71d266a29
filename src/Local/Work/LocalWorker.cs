using Kith.Core;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Local.Work;

/// <summary>
/// Runs due steps in this process: on hints, and on a sweep of what the store says is due, at start and every few seconds. One place is never worked on
/// twice at once.
/// </summary>
internal sealed partial class LocalWorker(KithEngine engine, LocalWorkQueue queue, TimeProvider time, ILogger<LocalWorker> logger) : BackgroundService
{
    private const int Workers = 2;

    /// <summary>More of them, because they mostly wait for agents elsewhere.</summary>
    private const int Callers = 16;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    /// <summary>What failed so many times in a row, and whether it is left alone until it is tried again, whatever comes in meanwhile.</summary>
    private readonly Dictionary<Partition, (int Times, bool Waits)> _failures = [];

    /// <summary>What is being worked on, and whether a hint for it came in meanwhile.</summary>
    private readonly Dictionary<Partition, bool> _running = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([
            SweepAsync(stoppingToken),
            .. Enumerable.Range(0, Workers).Select(_ => WorkAsync(calls: false, stoppingToken)),
            .. Enumerable.Range(0, Callers).Select(_ => WorkAsync(calls: true, stoppingToken)),
        ]);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        var isNoticed = false;
        do
        {
            try
            {
                if (!isNoticed)
                    await engine.EmbeddingModels.NoticeAsync(cancellationToken);
                isNoticed = true;
                await foreach (var due in engine.Store.AllDueAsync(new DueQuery(time.GetUtcNow()), cancellationToken))
                    await queue.EnqueueAsync(new WorkHint(due.Partition), TimeSpan.Zero, cancellationToken);
            }
            catch (KithException exception)
            {
                LogSweepFailed(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task WorkAsync(bool calls, CancellationToken cancellationToken)
    {
        while (true)
        {
            var partition = await queue.DequeueAsync(calls, cancellationToken);
            if (IsBackingOff(partition) || !TryStart(partition))
                continue;

            await DrainAsync(partition, cancellationToken);
            if (Finish(partition))
                await queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>Plans and runs until nothing is due, or until a step has to wait: what a retry may cure is tried again in order.</summary>
    private async Task DrainAsync(Partition partition, CancellationToken cancellationToken)
    {
        var step = default(WorkStep);
        try
        {
            while (await engine.Planner.PlanAsync(partition, cancellationToken) is { Count: > 0 } steps)
            {
                foreach (var next in steps)
                {
                    step = next;
                    if (await engine.Runner.AttemptAsync(step, cancellationToken) is { } failure)
                        LogSkipped(step.GetType().Name, partition.ToString(), failure.GetType().Name);
                }
            }

            Succeeded(partition);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var delay = BackOff(partition);
            if (step is not null)
                await engine.Runner.PostponeAsync(step, exception, _ => delay, cancellationToken);
            LogRetried(step?.GetType().Name ?? "plan", partition.ToString(), exception.GetType().Name, delay);
            _ = RetryAsync(partition, delay, cancellationToken);
        }
    }

    /// <summary>The timer itself ends the wait: by the clock it may come a little early, and its hint would be passed over.</summary>
    private async Task RetryAsync(Partition partition, TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, time, cancellationToken);
        lock (_failures)
            _failures[partition] = _failures[partition] with { Waits = false };
        await queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);
    }

    private bool TryStart(Partition partition)
    {
        lock (_running)
        {
            if (_running.TryAdd(partition, false))
                return true;

            _running[partition] = true;
            return false;
        }
    }

    /// <summary>Whether somebody asked for another look.</summary>
    private bool Finish(Partition partition)
    {
        lock (_running)
        {
            _running.Remove(partition, out var again);
            return again;
        }
    }

    private void Succeeded(Partition partition)
    {
        lock (_failures)
            _failures.Remove(partition);
    }

    private bool IsBackingOff(Partition partition)
    {
        lock (_failures)
            return _failures.GetValueOrDefault(partition).Waits;
    }

    private TimeSpan BackOff(Partition partition)
    {
        lock (_failures)
        {
            var times = _failures.GetValueOrDefault(partition).Times + 1;
            _failures[partition] = (times, Waits: true);
            return TimeSpan.FromTicks(Math.Min(LastRetry.Ticks, FirstRetry.Ticks << Math.Min(times - 1, 16)));
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Step {Kind} of {Place} failed for good and was recorded: {Error}")]
    private partial void LogSkipped(string kind, string place, string error);

    [LoggerMessage(2, LogLevel.Warning, "Step {Kind} of {Place} failed and is tried again in {Delay}: {Error}")]
    private partial void LogRetried(string kind, string place, string error, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Warning, "The sweep for due work failed and is repeated: {Reason}")]
    private partial void LogSweepFailed(string reason);
}
