namespace Kith.Core.Erasing;

/// <summary>What an erasure takes away.</summary>
public enum ErasureKind
{
    /// <summary>One message and every copy of it, with what was learnt from them alone.</summary>
    Message,

    /// <summary>A session with all that was said and learnt in it.</summary>
    Session,

    /// <summary>A peer: what it said, what is known of it, and what it knows of others.</summary>
    Peer,

    /// <summary>Everything of a workspace.</summary>
    Workspace,

    /// <summary>One conclusion, and what was worked out from it.</summary>
    Conclusion,
}
