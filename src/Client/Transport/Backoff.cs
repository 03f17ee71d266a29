using System.Net;

namespace Kith.Client.Transport;

/// <summary>What is tried again, and when.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>A server that asks for more is not waited for.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(1);

    public static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Null when the server asks for more than is waited for.</summary>
    /// <param name="attempt">From 0 on: how many were made before the one that failed.</param>
    /// <param name="asked">What the server asks for.</param>
    public static TimeSpan? Delay(int attempt, TimeSpan? asked) => asked switch
    {
        null => Jittered(attempt),

        // Nobody comes before the time that was named, and not everybody at it.
        { } named when named <= LongestAsked => named + Spread(named),
        _ => null,
    };

    /// <summary>Before a change that somebody else was faster with is tried again: longer and longer, and at no time in particular.</summary>
    public static TimeSpan Contention(int attempt) => TimeSpan.FromMilliseconds(Math.Min(1000, 5 * Math.Pow(2, attempt)) * Random.Shared.NextDouble());

    public static TimeSpan? Asked(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private static TimeSpan Spread(TimeSpan named) => TimeSpan.FromMilliseconds(Math.Min(1000, named.TotalMilliseconds / 10) * Random.Shared.NextDouble());

    /// <summary>Doubles, and is spread over its upper half, so that clients that failed together do not come back together.</summary>
    private static TimeSpan Jittered(int attempt)
    {
        var full = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt));
        return TimeSpan.FromMilliseconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
