using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Answers;

/// <summary>How far one question may look (spec honcho-engine §7.1 and §7.5).</summary>
/// <param name="Observer">Null for the whole workspace.</param>
/// <param name="Observed">Null for the whole workspace.</param>
internal sealed record ChatScope(string Workspace, string? Observer, string? Observed, Clocks Clocks)
{
    private static readonly Field SessionId = Field.Text("sessionId");
    private static readonly Field Level = Field.Text("level");

    /// <summary>The sessions of a limited question; null for one that is not. Then only stated conclusions count: derived ones mix sessions and could leak.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>Where what is known stands: several pairs where peers are one person; null for the whole workspace.</summary>
    public IReadOnlyList<(string Observer, string Observed)>? Pairs { get; init; }

    /// <summary>The sessions whose messages may be seen; null for all.</summary>
    public IReadOnlyList<string>? Sessions { get; init; }

    /// <summary>What holds for every message that may be seen; null for all. The messages around one are not looked at then.</summary>
    public Condition? Messages { get; init; }

    public IReadOnlyList<Partition> Memories => Pairs is null
        ? [Partition.WholeWorkspace(Container.Memory, Workspace)]
        : [.. Pairs.Select(pair => Partition.Memory(Workspace, pair.Observer, pair.Observed))];

    public RecallScope Conclusions => new()
    {
        Workspace = Workspace,
        Kind = RecallKind.Conclusion,
        Observer = Observer,
        Observed = Observed,
        Sessions = Allowed?.ToHashSet(StringComparer.Ordinal),
        Levels = Allowed is null ? null : new HashSet<string> { Levels.Explicit },
    };

    /// <summary>Holds for the conclusions that may be seen, those that have ended by then included.</summary>
    public Condition Known => Allowed is null
        ? Clocks.Known
        : Stored.And(Clocks.Known, new Condition.In(SessionId, Allowed), new Condition.Compare(Level, Comparison.Equal, Levels.Explicit));

    /// <summary>Messages from then on were said later than is looked at. Stored times have microseconds.</summary>
    public DateTimeOffset? End => Clocks.Until?.AddMicroseconds(1);

    public DateTimeOffset? EndBefore(DateTimeOffset? to) => End < to ? End : to ?? End;

    public bool Sees(string session) => Sessions?.Contains(session, StringComparer.Ordinal) ?? true;
}
