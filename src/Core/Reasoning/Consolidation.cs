namespace Kith.Core.Reasoning;

/// <summary>What a dream proposes. Ids are those of the request; proposals that name others are dropped.</summary>
public sealed record Consolidation(IReadOnlyList<Consolidation.Merge> Merges, IReadOnlyList<Consolidation.Pattern> Patterns)
{
    public IReadOnlyList<Supersession> Supersessions { get; init; } = [];

    public IReadOnlyList<Contradiction> Contradictions { get; init; } = [];

    public ReasoningUsage Usage { get; init; } = ReasoningUsage.None;

    /// <summary>All of them in the order in which they are worked in: what says the same is one before it takes another's place.</summary>
    internal IReadOnlyList<Proposal> InOrder() => [.. Merges, .. Supersessions, .. Contradictions, .. Patterns];

    public abstract record Proposal
    {
        private protected Proposal() { }

        internal abstract IEnumerable<string> Names();
    }

    /// <summary>Says the same: the duplicates go into the one that is kept, with their sources.</summary>
    public sealed record Merge(string KeptId, IReadOnlyList<string> DuplicateIds) : Proposal
    {
        internal override IEnumerable<string> Names() => [KeptId, .. DuplicateIds];
    }

    /// <summary>The newer took the older's place: both were true, one after the other.</summary>
    public sealed record Supersession(string OlderId, string NewerId) : Proposal
    {
        internal override IEnumerable<string> Names() => [OlderId, NewerId];
    }

    /// <summary>Both cannot be true, and neither tells of a change.</summary>
    /// <param name="Reason">Why, in one sentence; null where the two speak for themselves.</param>
    public sealed record Contradiction(string OneId, string OtherId, string? Reason) : Proposal
    {
        internal override IEnumerable<string> Names() => [OneId, OtherId];
    }

    /// <summary>An inductive conclusion from at least two others.</summary>
    public sealed record Pattern(string Content, IReadOnlyList<string> SourceIds) : Proposal
    {
        /// <summary>What stays the same when the pattern is found again with more evidence and so in other words; the content where null.</summary>
        public string? Key { get; init; }

        internal override IEnumerable<string> Names() => SourceIds;
    }
}
