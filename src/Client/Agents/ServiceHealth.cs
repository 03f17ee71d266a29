namespace Kith.Client.Agents;

/// <summary>How the sessions of a workspace are.</summary>
public sealed record ServiceHealth
{
    /// <summary><c>healthy</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Sessions that have not expired.</summary>
    public long ActiveSessions { get; init; }

    /// <summary>Those of them that are near their end.</summary>
    public long ExpiringSoon { get; init; }

    /// <summary>The time of the server.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
