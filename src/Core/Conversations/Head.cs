using System.Text.Json.Serialization;

namespace Kith.Core.Conversations;

/// <summary>
/// The small, hot document that decides what exists in a session. Every change of the session's messages, members or settings
/// replaces it under its etag, so that one etag guards them all.
/// </summary>
internal sealed record Head
{
    public const string Id = "$head";

    public string Type { get; } = "head";

    /// <summary>The last sequence that readers may see. Messages above it are parts of an append that is not complete.</summary>
    public long Visible { get; init; }

    /// <summary>Of the sequences up to <see cref="Visible"/>, those whose message was erased.</summary>
    public long Tombstones { get; init; }

    /// <summary>The last piece of an erasure that was applied here, so that a repeat counts no tombstone twice.</summary>
    public string? Erased { get; init; }

    /// <summary>Tokens of all messages up to <see cref="Visible"/>, erased ones included.</summary>
    public long Tokens { get; init; }

    /// <summary>Set with every change that asks for work; cleared by the worker when nothing is due.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the last message came in.</summary>
    public DateTimeOffset? AppendedAt { get; init; }

    /// <summary>Messages up to here are derived without waiting for more.</summary>
    public long Flushed { get; init; }

    /// <summary>The directory's copies of the session and its memberships may be behind.</summary>
    public bool Unprojected { get; init; }

    /// <summary>Since when an append of several batches is under way; null when none is.</summary>
    public DateTimeOffset? StagedAt { get; init; }

    /// <summary>The last millisecond since 1970 that was given to a message of its own (<see cref="NewMessage.HasOwnMillisecond"/>).</summary>
    public long OwnMillisecond { get; init; }

    /// <summary>How often messages were edited.</summary>
    public long Edits { get; init; }

    /// <summary>Of <see cref="Edits"/>, those after which all was made anew.</summary>
    public long EditsDone { get; init; }

    public bool Deleting { get; init; }

    /// <summary>With <see cref="Deleting"/>: the messages go, what was learnt from them stays.</summary>
    public bool Expired { get; init; }

    /// <summary>When the last message came, or the thread or its state was changed; null before any of it.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>How many messages readers see.</summary>
    [JsonIgnore]
    public long Messages => Visible - Tombstones;
}
