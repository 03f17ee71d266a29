namespace Kith.Core.Access;

/// <summary>A key: what it opens, for how long, and hashes of its secrets; the secrets themselves are said once, when they are made.</summary>
public sealed record Key
{
    public const string DocumentType = "key";

    public string Type { get; } = DocumentType;

    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The workspace that it opens, or part of which; null for a key of the whole server.</summary>
    public string? Workspace { get; init; }

    public string? Peer { get; init; }

    public string? Session { get; init; }

    /// <summary>It may read what it opens and change nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>At most two: the newest, and the one before it until its end. None where a signature proves the key.</summary>
    public IReadOnlyList<KeySecret> Secrets { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To within a few minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public bool IsValid(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}
