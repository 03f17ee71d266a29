using Kith.Core.Threads;

namespace Kith.Core.Directory;

/// <summary>Kith's own settings of a workspace.</summary>
public sealed record WorkspaceSettings
{
    public static WorkspaceSettings Default { get; } = new();

    public ThreadSettings Threads { get; init; } = ThreadSettings.Default;
}
