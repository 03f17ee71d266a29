namespace Kith.Client.Models;

/// <summary>How far a session is on its way into a scope.</summary>
public sealed record Backfill
{
    /// <summary><c>pending</c>, <c>completed</c> or <c>failed</c>. In Kith always <c>completed</c>: a scope sees its sessions at once.</summary>
    public string State { get; init; } = "";

    /// <summary>Since when.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Conclusions copied so far; not from Kith, which copies nothing.</summary>
    public int? DocsCopied { get; init; }
}
