namespace Kith.Core.Rebuilding;

/// <summary>A kind of projection that a rebuild makes anew.</summary>
public enum RebuildPart
{
    /// <summary>What is derived from messages, and the generated lines of cards.</summary>
    Conclusions,

    Summaries,

    /// <summary>Vectors and search entries of messages and conclusions.</summary>
    Index,
}
