namespace Kith.Core.Memory;

public enum DreamOutcome
{
    /// <summary>The reasoner answered; the answer is being worked in.</summary>
    Running,
    Completed,
    Failed,
}
