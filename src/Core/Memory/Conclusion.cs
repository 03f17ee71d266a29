using Kith.Core.Reasoning;

namespace Kith.Core.Memory;

/// <summary>One stored statement that an observer holds about an observed peer.</summary>
public sealed record Conclusion
{
    public string Type { get; } = "conclusion";

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required string Observer { get; init; }

    public required string Observed { get; init; }

    public required string Content { get; init; }

    /// <summary><c>explicit</c>, <c>deductive</c>, <c>inductive</c> or <c>contradiction</c>.</summary>
    public required string Level { get; init; }

    /// <summary><c>stated</c>, <c>inferred</c> or <c>human</c>.</summary>
    public required string Origin { get; init; }

    public string? SessionId { get; init; }

    /// <summary>When Kith stored it: the beginning of the clock of what was known.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest source message was said; the creation time where there is none.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>The messages it rests on.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>The conclusions it rests on; empty for explicit ones.</summary>
    public IReadOnlyList<string> SourceIds { get; init; } = [];

    public int TimesDerived { get; init; } = 1;

    /// <summary>Of a pattern: how many sources showed it, each message of those that say the same being one. Null for everything else.</summary>
    public int? Evidence { get; init; }

    public string? Language { get; init; }

    /// <summary>When it became true; when it was said where null.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When it stopped being true; null while it holds.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When Kith learned that it stopped being true.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When Kith stopped holding it for something that was ever true.</summary>
    public DateTimeOffset? RetractedAt { get; init; }

    /// <summary>What took its place.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>Whose place it took.</summary>
    public IReadOnlyList<string> Supersedes { get; init; } = [];

    /// <summary>What denies it, or is denied by it, while neither is newer knowledge about a change.</summary>
    public IReadOnlyList<string> Contradicts { get; init; } = [];

    /// <summary>Kept by a person as it is: no later pass changes its words or ends it.</summary>
    public bool Pinned { get; init; }

    /// <summary>What it claims, whether it affirms or denies it (see <see cref="Reasoning.Extractive.Claim"/>).</summary>
    public string? Claim { get; init; }

    /// <summary>The exclusive slot that it fills (see <see cref="Statement.Slot"/>).</summary>
    public string? Slot { get; init; }

    /// <summary>Set when it belongs on the peer card.</summary>
    public CardCategory? Card { get; init; }

    internal bool IsCurrent => ValidTo is null && RetractedAt is null;

    internal bool IsProtected => Pinned || Origin == Origins.Human;

    /// <summary>Whether others point to it.</summary>
    internal bool IsLinked => Supersedes.Count + Contradicts.Count > 0;

    internal DateTimeOffset Since => ValidFrom ?? SaidAt;

    /// <summary>With the sources of one that says the same; it holds since the earlier of both.</summary>
    internal Conclusion Absorb(Conclusion same)
    {
        var saidAt = SaidAt > same.SaidAt ? SaidAt : same.SaidAt;
        var since = Since < same.Since ? Since : same.Since;
        return this with
        {
            MessageIds = [.. MessageIds.Union(same.MessageIds)],
            TimesDerived = TimesDerived + same.TimesDerived,
            CreatedAt = CreatedAt < same.CreatedAt ? CreatedAt : same.CreatedAt,
            SaidAt = saidAt,
            ValidFrom = since == saidAt ? ValidFrom : since,
        };
    }

    /// <summary>Ended at a time, unless it ended before.</summary>
    internal Conclusion Close(DateTimeOffset at, DateTimeOffset now, string? successor) =>
        ValidTo <= at ? this : this with { ValidTo = at, ClosedAt = now, SupersededBy = successor ?? SupersededBy };

    /// <summary>No longer held, and so not believed to be true from now on either.</summary>
    internal Conclusion Retract(DateTimeOffset now) => Close(now, now, null) with { RetractedAt = now };
}
