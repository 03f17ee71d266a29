namespace Kith.Core.Rebuilding;

public enum RebuildState
{
    /// <summary>For its turn: a workspace has one rebuild under way at a time.</summary>
    Waiting,

    Running,

    Completed,

    /// <summary>Ended by something that a repeat would not cure; what was rebuilt until then stays.</summary>
    Failed,
}
