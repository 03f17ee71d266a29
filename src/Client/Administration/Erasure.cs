namespace Kith.Client.Administration;

/// <summary>The receipt of an erasure: ids and counts, never content.</summary>
public sealed record Erasure
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary><c>message</c>, <c>session</c>, <c>peer</c>, <c>conclusion</c> or <c>workspace</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The session that is erased, or that the erased message is in.</summary>
    public string? Session { get; init; }

    /// <summary>The message.</summary>
    public string? Message { get; init; }

    /// <summary>The peer.</summary>
    public string? Peer { get; init; }

    /// <summary>The conclusion.</summary>
    public string? Conclusion { get; init; }

    /// <summary><c>running</c>, <c>completed</c> (the proof found nothing) or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>How many documents were taken away, by kind.</summary>
    public IReadOnlyDictionary<string, long> Erased { get; init; } = new Dictionary<string, long>();

    /// <summary>How many were left at the end, by kind: none, where it is completed.</summary>
    public IReadOnlyDictionary<string, long> Remaining { get; init; } = new Dictionary<string, long>();

    /// <summary>Sessions that began as copies of the erased one, which stay.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>What Kith cannot erase, such as backups of the platform.</summary>
    public IReadOnlyList<Beyond> Beyond { get; init; } = [];

    /// <summary>When it was asked for first.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
