namespace Kith.Core.Threads;

/// <summary>What becomes of the branches of a thread that is deleted.</summary>
public enum ChildrenRule
{
    /// <summary>They stay, and their chain ends where the parent was.</summary>
    Orphan,

    /// <summary>They are deleted too, with theirs.</summary>
    Cascade,

    /// <summary>The deletion is refused while there are any.</summary>
    Forbid,
}
