using Kith.Core.Memory;

namespace Kith.Core.Work;

/// <summary>What steps are called where they are listed.</summary>
public static class StepKinds
{
    public const string Index = "index";
    public const string Derive = "derive";
    public const string ShortSummary = "summarise-short";
    public const string LongSummary = "summarise-long";
    public const string Dream = "dream";
    public const string Reply = "reply";
    public const string Rebuild = "rebuild";
    public const string Deliver = "deliver";

    /// <summary>Nothing was done yet: see <see cref="Unstarted"/>.</summary>
    public const string Start = "start";

    public static IReadOnlyList<string> All { get; } = [Index, Derive, ShortSummary, LongSummary, Dream, Reply, Rebuild, Deliver, Start];

    public static string Of(SummaryKind kind) => kind == SummaryKind.Short ? ShortSummary : LongSummary;
}
