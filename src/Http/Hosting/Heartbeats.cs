using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Hosting;

/// <summary>Keeps server-sent events alive: proxies cut a connection that is silent for some minutes (spec functions-host: 240 s).</summary>
internal static class Heartbeats
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>The same parts; a comment, which every client skips, is sent whenever none came for a <see cref="Period"/>.</summary>
    public static IAsyncEnumerable<T> WithHeartbeats<T>(this IAsyncEnumerable<T> source, HttpContext context) =>
        WithHeartbeatsAsync(source, context, context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);

    private static async IAsyncEnumerable<T> WithHeartbeatsAsync<T>(
        IAsyncEnumerable<T> source,
        HttpContext context,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var parts = source.GetAsyncEnumerator(cancellationToken);
        while (await BeatUntilAsync(parts.MoveNextAsync().AsTask(), context.Response.Body, time, cancellationToken))
            yield return parts.Current;
    }

    private static async Task<bool> BeatUntilAsync(Task<bool> next, Stream body, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(next, Task.Delay(Period, time, rest.Token)) != next && !cancellationToken.IsCancellationRequested)
            {
                await body.WriteAsync(":\n\n"u8.ToArray(), cancellationToken);
                await body.FlushAsync(cancellationToken);
            }

            await rest.CancelAsync();
        }

        // A source that heeds the token ends by itself; to leave it behind would dispose of it while it runs.
        return await next;
    }
}
