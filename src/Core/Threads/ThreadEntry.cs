namespace Kith.Core.Threads;

/// <summary>The directory's copy of a thread, for lists and for expiry; of an expired thread what is left of it.</summary>
internal sealed record ThreadEntry
{
    public string Type { get; } = "thread";

    /// <summary>The last activity: lists show the newest first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public long Stored { get; init; }

    public long Erased { get; init; }

    /// <summary>Null once the thread has expired.</summary>
    public ConversationThread? Thread { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the sweep looks whether the thread has expired.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public ThreadSnapshot? Snapshot(string id, ThreadSettings settings) =>
        Thread is null ? null : new ThreadSnapshot(id, Thread, StartedAt, CreatedAt, Stored, Erased, settings);

    public static ThreadEntry Of(ThreadSnapshot snapshot) => new()
    {
        CreatedAt = snapshot.UpdatedAt,
        StartedAt = snapshot.CreatedAt,
        Stored = snapshot.Stored,
        Erased = snapshot.Erased,
        Thread = snapshot.Thread,
        ExpiresAt = snapshot.ExpiresAt,
        DueAt = snapshot.ExpiresAt,
    };
}
