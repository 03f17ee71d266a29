using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Kith.Client.Transport;

/// <summary>The events of a stream, while the server sends them.</summary>
internal static class ServerEvents
{
    public static async IAsyncEnumerable<SseItem<string>> ReadAsync(Pipeline pipeline, Call call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await pipeline.OpenAsync(call with { Accept = "text/event-stream" }, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var __ = events.ConfigureAwait(false);
        while (await NextAsync(events).ConfigureAwait(false))
            yield return events.Current;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            throw new KithConnectionException($"The stream broke off: {broken.Message}", broken);
        }
        catch (HttpRequestException broken)
        {
            throw new KithConnectionException($"The stream broke off: {broken.Message}", broken);
        }
    }
}
