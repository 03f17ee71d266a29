namespace Kith.Client.Threads;

/// <summary>Which messages of a thread are read.</summary>
public sealed record MessageQuery
{
    /// <summary>The newest ones, so many; null: all that are shown.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether system messages count.</summary>
    public bool IncludeSystem { get; init; } = true;

    /// <summary>Those of this role.</summary>
    public string? Role { get; init; }

    /// <summary>Those with a smaller sequence.</summary>
    public long? Before { get; init; }

    /// <summary>Those with a greater sequence.</summary>
    public long? After { get; init; }

    /// <summary>The newest first instead of the oldest.</summary>
    public bool NewestFirst { get; init; }
}
