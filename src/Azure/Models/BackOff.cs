using System.ClientModel.Primitives;
using System.Globalization;

namespace Kith.Azure.Models;

/// <summary>
/// Waits as long as the server asks, otherwise twice as long before each repetition. The client's own standard repeats at once when the server
/// names no time, and overlooks the two headers in milliseconds.
/// </summary>
internal sealed class BackOff(int retries, TimeSpan first, TimeProvider time) : ClientRetryPolicy(retries)
{
    /// <summary>Up to this share of a wait is added at random, so that callers who were refused together do not return together.</summary>
    private const double Jitter = 0.25;

    private const int MostDoublings = 6;

    private static readonly string[] _milliseconds = ["retry-after-ms", "x-ms-retry-after-ms"];

    protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) =>
        Asked(message.Response) ?? first * Math.Pow(2, Math.Min(tryCount - 1, MostDoublings)) * (1 + Random.Shared.NextDouble() * Jitter);

    protected override Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) => Task.Delay(wait, time, cancellationToken);

    private TimeSpan? Asked(PipelineResponse? response)
    {
        if (response is null)
            return null;
        foreach (var name in _milliseconds)
        {
            if (response.Headers.TryGetValue(name, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var milliseconds))
                return Bounded(TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, int.MaxValue)));
        }

        if (!response.Headers.TryGetValue("Retry-After", out var asked))
            return null;
        if (double.TryParse(asked, CultureInfo.InvariantCulture, out var seconds))
            return Bounded(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue)));
        return DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Bounded(date - time.GetUtcNow()) : null;
    }

    /// <summary>What a timer can take; deadlines are far below.</summary>
    private static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait;
}
