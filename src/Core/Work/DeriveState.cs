namespace Kith.Core.Work;

public enum DeriveState
{
    Pending,

    Derived,

    /// <summary>Nothing is derived from it, as was set or because it says nothing.</summary>
    Skipped,

    /// <summary>The step that it belonged to was given up.</summary>
    Failed,
}
