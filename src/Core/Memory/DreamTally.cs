namespace Kith.Core.Memory;

/// <summary>What a dream changed.</summary>
/// <param name="Merged">Conclusions that went into others.</param>
/// <param name="Patterns">Inductive conclusions that were added or counted anew.</param>
public sealed record DreamTally(int Merged = 0, int Superseded = 0, int Patterns = 0, int Contradictions = 0)
{
    public static DreamTally operator +(DreamTally one, DreamTally other) => new(
        one.Merged + other.Merged,
        one.Superseded + other.Superseded,
        one.Patterns + other.Patterns,
        one.Contradictions + other.Contradictions);
}
