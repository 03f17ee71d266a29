namespace Kith.Client.Administration;

/// <summary>What a rebuild makes anew.</summary>
public enum RebuildPart
{
    /// <summary>What is derived from messages, and the generated lines of cards.</summary>
    Conclusions,

    /// <summary>Summaries of sessions.</summary>
    Summaries,

    /// <summary>Vectors and search entries of messages and conclusions.</summary>
    Index,
}
