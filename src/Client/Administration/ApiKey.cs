namespace Kith.Client.Administration;

/// <summary>A key of a workspace, or of a peer or a session in it, without its secret.</summary>
public sealed record ApiKey
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public string Name { get; init; } = "";

    /// <summary>The workspace that it opens.</summary>
    public string? Workspace { get; init; }

    /// <summary>The only peer that it opens.</summary>
    public string? Peer { get; init; }

    /// <summary>The only session that it opens.</summary>
    public string? Session { get; init; }

    /// <summary>It changes nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary><c>active</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it opens anything; null: for good.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the day or better.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Until when the secret before the newest one works; null: there is none.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }
}
