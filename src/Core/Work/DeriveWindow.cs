using Kith.Core.Conversations;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>How many messages are derived at once.</summary>
internal static class DeriveWindow
{
    private const int Messages = 100;

    /// <summary>Of their content.</summary>
    private const int Tokens = 8_192;

    /// <summary>The last message of the window that begins after one, at least the next unless there is none, and who wrote its messages.</summary>
    public static async Task<(long Through, IReadOnlyCollection<string> Authors)> EndAsync(MessageLog log, Partition session, long after, long last, CancellationToken cancellationToken)
    {
        var (through, end) = (after, Math.Min(last, after + Messages));
        var authors = new HashSet<string>(StringComparer.Ordinal);
        var tokens = 0;
        await foreach (var message in log.RangeAsync(session, after, end, cancellationToken))
        {
            tokens += message.TokenCount;
            if (tokens > Tokens && through > after)
                return (through, authors);
            through = message.Sequence;
            authors.Add(message.PeerId);
        }

        // Over what was erased at its end, too.
        return (Math.Max(after, end), authors);
    }
}
