using System.Text.Json;

namespace Kith.Core.Work;

/// <summary>What a window of messages was planned with, so that who carries the plan out at once need not read it again.</summary>
/// <param name="Workspace">The workspace's configuration.</param>
/// <param name="Authors">Of the window's messages.</param>
/// <param name="Unobserved">Those of them who are not to be observed, unless a session says otherwise.</param>
internal sealed record DerivePlan(DateTimeOffset At, JsonElement Workspace, IReadOnlyList<string> Authors, IReadOnlyList<string> Unobserved)
{
    /// <summary>Whoever switches observation off meanwhile is obeyed after this even for what was planned before.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>For a window that nothing is to be made of any more.</summary>
    public static DerivePlan Nothing { get; } = new(default, FreeJson.Empty, [], []);

    public bool Holds(DateTimeOffset now, IEnumerable<string> authors) => now - At < Life && authors.All(Authors.Contains);
}
