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
    public static TimeSpan? Delay(int attempt, TimeSpan? asked) =>
        asked is null ? Jittered(attempt) : asked <= LongestAsked ? asked : null;

    public static TimeSpan? Asked(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Doubles, and is spread over its upper half, so that clients that failed together do not come back together.</summary>
    private static TimeSpan Jittered(int attempt)
    {
        var full = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt));
        return TimeSpan.FromMilliseconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
