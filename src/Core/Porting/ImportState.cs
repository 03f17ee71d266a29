namespace Kith.Core.Porting;

public enum ImportState
{
    Running,

    Completed,

    /// <summary>Ended by something that a repeat would not cure; what was imported until then stays.</summary>
    Failed,
}
