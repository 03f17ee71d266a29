namespace Kith.Core.Work;

public enum FailedStepState
{
    /// <summary>Nobody has done anything about it.</summary>
    Failed,

    /// <summary>Being tried again: gone when that succeeds.</summary>
    Replaying,

    Dismissed,
}
