namespace Kith.Core.Memory;

/// <summary>Where a conclusion stands now.</summary>
public enum ConclusionState
{
    /// <summary>Held, and true as far as is known.</summary>
    Current,

    /// <summary>Was true once.</summary>
    Ended,

    /// <summary>Taken back by a person or by what it rested on.</summary>
    Retracted,
}
