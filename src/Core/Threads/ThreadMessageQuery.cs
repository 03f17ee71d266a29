namespace Kith.Core.Threads;

/// <summary>Which of the shown messages are asked for.</summary>
public sealed record ThreadMessageQuery
{
    /// <summary>At most so many, the newest ones; all when null or 0.</summary>
    public int? Limit { get; init; }

    /// <summary>Only of this role; null for every one.</summary>
    public string? Role { get; init; }

    public bool IncludeSystem { get; init; } = true;

    /// <summary>Only sequences below this.</summary>
    public long? Before { get; init; }

    /// <summary>Only sequences above this.</summary>
    public long? After { get; init; }

    public bool NewestFirst { get; init; }

    public bool Admits(string role) => (Role is null || Role == role) && (IncludeSystem || role != Roles.System);
}
