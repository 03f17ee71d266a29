namespace Kith.Client.Threads;

/// <summary>What becomes of the branches of a thread that is deleted.</summary>
public enum ChildrenRule
{
    /// <summary>They stay, and their chain ends there.</summary>
    Orphan,

    /// <summary>They are deleted too.</summary>
    Cascade,

    /// <summary>While there are any, nothing is deleted.</summary>
    Forbid,
}
