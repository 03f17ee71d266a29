namespace Kith.Core.Work;

/// <summary>The edge at which a step's failure ends: what cannot succeed is recorded and given up there, so that later work goes on.</summary>
public static class StepAttempt
{
    /// <summary>
    /// Runs a step. Null when it succeeded, or waits for a time that is known, else what it was given up for. Throws what a retry may cure, and whatever stops a step that nothing may skip.
    /// </summary>
    public static async Task<Exception?> AttemptAsync(this WorkRunner runner, WorkStep step, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(step, cancellationToken);
            return null;
        }
        catch (KithException wait) when (wait is { Code: ErrorCode.Unavailable, RetryAt: not null })
        {
            if (!await runner.DeferAsync(step, wait.Message, wait.RetryAt.Value, cancellationToken))
                throw;
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not KithException { Code: ErrorCode.Unavailable })
        {
            if (!await runner.SkipAsync(step, Reason(exception), cancellationToken))
                throw;
            return exception;
        }
    }

    /// <summary>Has the queue's status say why a step has to wait. Never fails: a store that does not answer cannot be told why either.</summary>
    /// <param name="pause">See <see cref="WorkRunner.StalledAsync"/>.</param>
    public static async Task PostponeAsync(this WorkRunner runner, WorkStep step, Exception failure, Func<TimeSpan, TimeSpan> pause, CancellationToken cancellationToken)
    {
        try
        {
            await runner.StalledAsync(step, Reason(failure), pause, cancellationToken);
        }
        catch (KithException)
        {
            // The step is tried again all the same.
        }
    }

    /// <summary>Messages of <see cref="KithException"/> hold no content by contract; those of others might.</summary>
    private static string Reason(Exception exception) => exception is KithException ? exception.Message : exception.GetType().Name;
}
