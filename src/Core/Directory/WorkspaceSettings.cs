using Kith.Core.Limiting;
using Kith.Core.Retaining;
using Kith.Core.Threads;

namespace Kith.Core.Directory;

/// <summary>Kith's own settings of a workspace.</summary>
public sealed record WorkspaceSettings
{
    public static WorkspaceSettings Default { get; } = new();

    /// <summary>Longest, for <see cref="DedupeWindowSeconds"/>: as long as keys of requests are remembered.</summary>
    public const int MostDedupeWindowSeconds = 86_400;

    /// <summary>For how long a request without a key that asks for the same again counts as a repetition; zero never.</summary>
    public int DedupeWindowSeconds { get; init; }

    public DailyBudget Budget { get; init; } = DailyBudget.None;

    public Retention Retention { get; init; } = Retention.None;

    public ThreadSettings Threads { get; init; } = ThreadSettings.Default;
}
