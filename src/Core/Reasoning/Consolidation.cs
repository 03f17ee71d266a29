namespace Kith.Core.Reasoning;

/// <summary>What a dream proposes. Ids are those of the request; proposals that name others are dropped.</summary>
public sealed record Consolidation(IReadOnlyList<Consolidation.Merge> Merges, IReadOnlyList<Consolidation.Pattern> Patterns)
{
    /// <summary>Says the same: the duplicates go into the one that is kept, with their sources.</summary>
    public sealed record Merge(string KeptId, IReadOnlyList<string> DuplicateIds);

    /// <summary>An inductive conclusion from at least two others.</summary>
    public sealed record Pattern(string Content, IReadOnlyList<string> SourceIds);
}
