using System.Text.Json;

namespace Kith.Core.Agency;

/// <summary>
/// The lease of a user and an agent on a session: while it runs, the session is reached through the agents' door. Its end ends nothing else;
/// the session, its messages and what was learnt from them stay.
/// </summary>
public sealed record AgentSession
{
    internal const string DocumentId = "$agentSession";

    public string Type { get; } = "agentSession";

    /// <summary>The Kith session of this name, a UUID.</summary>
    public required string SessionId { get; init; }

    public required string WorkspaceId { get; init; }

    public required string ChannelId { get; init; }

    public required string AgentId { get; init; }

    public required string UserId { get; init; }

    /// <summary>Any JSON, as given.</summary>
    public required JsonElement Metadata { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastActivity { get; init; }

    public required SessionTimeouts Timeouts { get; init; }

    public int RenewalCount { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>From here to <see cref="ExpiresAt"/> it counts as near expiry. Stored so that such sessions can be counted.</summary>
    public required DateTimeOffset WarnsAt { get; init; }

    private DateTimeOffset End => CreatedAt.AddMinutes(Timeouts.MaxDuration);

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>Whether no renewal can prolong it any more.</summary>
    public bool IsSpent(DateTimeOffset now) => now >= End;

    public bool IsNearExpiration(DateTimeOffset now) => now >= WarnsAt && now < ExpiresAt;

    public TimeSpan Remaining(DateTimeOffset now) => ExpiresAt > now ? ExpiresAt - now : TimeSpan.Zero;

    /// <summary>Whether the agent said it.</summary>
    public bool IsFromAgent(string peer) => peer == AgentId && peer != UserId;

    /// <summary>Activity that renews it when it renews itself, or when <paramref name="forced"/>.</summary>
    internal AgentSession Touched(DateTimeOffset now, bool forced)
    {
        var active = this with { LastActivity = now > LastActivity ? now : LastActivity };
        return forced || Timeouts.AutoRenew ? (active with { RenewalCount = RenewalCount + 1 }).Timed(active.LastActivity) : active;
    }

    /// <summary>With its end worked out anew (spec eliza-sessions §6).</summary>
    internal AgentSession Timed() => Timed(Timeouts.AutoRenew ? LastActivity : CreatedAt);

    private AgentSession Timed(DateTimeOffset from)
    {
        var expires = from.AddMinutes(Timeouts.Timeout);
        if (expires > End)
            expires = End;
        return this with { ExpiresAt = expires, WarnsAt = expires.AddMinutes(-Math.Min(Timeouts.WarningThreshold, SessionTimeouts.LongestDuration)) };
    }
}
