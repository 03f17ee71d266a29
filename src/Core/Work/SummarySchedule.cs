using Kith.Core.Directory;
using Kith.Core.Memory;

namespace Kith.Core.Work;

/// <summary>After which messages summaries are due: every n-th, by sequence.</summary>
internal static class SummarySchedule
{
    /// <summary>The last message that a summary of the kind should cover by now; 0 while none is due.</summary>
    public static long Target(ProcessingOptions options, SummaryKind kind, long visible) =>
        options.Summaries ? visible - (visible % Every(options, kind)) : 0;

    /// <summary>How many messages up to this one are followed by a summary, of whatever kind: the units of queue status.</summary>
    public static long Units(ProcessingOptions options, long through)
    {
        if (!options.Summaries)
            return 0;

        long brief = options.ShortSummaryEvery, full = options.LongSummaryEvery;
        return (through / brief) + (through / full) - (through / (brief / Gcd(brief, full) * full));
    }

    /// <summary>Messages whose summaries are all made.</summary>
    public static long Completed(ProcessingOptions options, Watermarks marks, long visible)
    {
        var brief = marks.ShortSummarised >= Target(options, SummaryKind.Short, visible) ? visible : marks.ShortSummarised;
        var full = marks.LongSummarised >= Target(options, SummaryKind.Long, visible) ? visible : marks.LongSummarised;
        return Units(options, Math.Min(brief, full));
    }

    private static int Every(ProcessingOptions options, SummaryKind kind) =>
        kind == SummaryKind.Short ? options.ShortSummaryEvery : options.LongSummaryEvery;

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
