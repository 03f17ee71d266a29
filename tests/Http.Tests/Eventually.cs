using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kith.Http.Tests;

/// <summary>One way to wait for what happens in the background. The limit ends tests of what never comes; no machine is so busy that it decides a test.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until it sees what is expected, and returns that.</summary>
    public static async Task<T> SeeAsync<T>(Func<Task<T>> look, Predicate<T> isExpected, [CallerArgumentExpression(nameof(isExpected))] string? expected = null)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause, TestContext.Current.CancellationToken))
        {
            var seen = await look();
            if (isExpected(seen))
                return seen;
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"Not within {Patience}: {expected}, but {seen}");
        }
    }
}
