using Kith.Core;
using Kith.Core.Work;
using Kith.Functions.Orchestrations;
using Microsoft.Extensions.Logging;

namespace Kith.Functions.Work;

/// <summary>What every activity does: one step of the engine. What leaves it is kept in the orchestration's history, so it holds no content.</summary>
public sealed partial class StepRun(KithEngine engine, TimeProvider time, ILogger<StepRun> logger)
{
    /// <summary>Less than host.json's functionTimeout, at which the host restarts the process and all that runs in it. Steps go on where they stopped.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(9);

    public async Task RunAsync(string text, CancellationToken cancellationToken)
    {
        var step = WorkText.Step(text);
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await engine.Runner.AttemptAsync(step, either.Token) is { } failure)
                LogFailed(step.GetType().Name, step.Partition.ToString(), failure.GetType().Name);
        }
        catch (KithException outage) when (!either.IsCancellationRequested)
        {
            // The orchestration tries again, and until then whoever asks is told why the work waits.
            var activity = StepNames.ActivityOf(step);
            await engine.Runner.PostponeAsync(step, outage, failing => Retries.Pause(activity, failing), either.Token);
            throw;
        }
        catch (Exception exception) when (exception is not KithException)
        {
            LogUnexpected(step.GetType().Name, step.Partition.ToString(), exception.GetType().FullName!, exception.StackTrace);
            throw new KithException(ErrorCode.Unavailable, $"{step.GetType().Name} was stopped by {exception.GetType().Name}");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Step {Kind} of {Place} failed for good and was recorded: {Error}", EventName = "StepFailed")]
    private partial void LogFailed(string kind, string place, string error);

    [LoggerMessage(2, LogLevel.Warning, "Step {Kind} of {Place} was stopped by {Error} and is tried again\n{StackTrace}", EventName = "StepStopped")]
    private partial void LogUnexpected(string kind, string place, string error, string? stackTrace);
}
