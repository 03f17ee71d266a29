using System.Text.Json.Nodes;

namespace Kith.Client.Agents;

/// <summary>A session with an agent as it stands.</summary>
public sealed record SessionInfo
{
    /// <summary>Its id, by which it is a <see cref="Session"/> of the workspace too.</summary>
    public required string SessionId { get; init; }

    /// <summary>The agent.</summary>
    public string AgentId { get; init; } = "";

    /// <summary>The user.</summary>
    public string UserId { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something last happened in it; null where it was just made.</summary>
    public DateTimeOffset? LastActivity { get; init; }

    /// <summary>Members that were given with it.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long it lasts.</summary>
    public SessionTimeouts? TimeoutConfig { get; init; }

    /// <summary>How often it was renewed.</summary>
    public int RenewalCount { get; init; }

    /// <summary>Milliseconds until it expires.</summary>
    public long? TimeRemaining { get; init; }

    /// <summary>Its end is near.</summary>
    public bool IsNearExpiration { get; init; }
}
