namespace Kith.Core.Reasoning;

/// <summary>What a conclusion is to another one.</summary>
public enum ConclusionLink
{
    /// <summary>The other rests on it.</summary>
    Source,

    /// <summary>It rests on the other.</summary>
    Derived,

    /// <summary>The other took its place.</summary>
    Superseded,

    /// <summary>It took the place of the other.</summary>
    Superseding,

    /// <summary>Both cannot be true.</summary>
    Contradicting,
}
