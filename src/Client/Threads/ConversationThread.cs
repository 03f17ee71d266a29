using System.Text.Json.Nodes;

namespace Kith.Client.Threads;

/// <summary>A conversation of a workflow, with what it needs to go on.</summary>
public sealed record ConversationThread
{
    /// <summary>Its id: given by the caller, or made by the server.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The thread that it branched from.</summary>
    public string? ParentThreadId { get; init; }

    /// <summary>The message of the parent after which it begins; null: its newest at that time.</summary>
    public string? BranchPoint { get; init; }

    /// <summary>Other branches from the same point; where a single thread is read.</summary>
    public IReadOnlyList<string> SiblingThreads { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something last happened to it: a message, a change, a write of its state.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>When it expires unless something happens before.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The workflow that made it.</summary>
    public string WorkflowName { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public ConversationStatus Status { get; init; }

    /// <summary>What it began with.</summary>
    public JsonObject InitialContext { get; init; } = [];

    /// <summary>Messages that are shown.</summary>
    public int MessageCount { get; init; }

    /// <summary>Older ones beyond <see cref="MaxMessages"/>: stored, but not shown.</summary>
    public long TruncatedCount { get; init; }

    /// <summary>Hours without anything happening after which it expires.</summary>
    public double TtlHours { get; init; }

    /// <summary>How many messages are shown.</summary>
    public int MaxMessages { get; init; }

    /// <summary>The peer that speaks as <c>user</c>.</summary>
    public string UserPeer { get; init; } = "";

    /// <summary>The peer that speaks as <c>assistant</c>.</summary>
    public string AssistantPeer { get; init; } = "";

    /// <summary>The peer that speaks as <c>system</c>.</summary>
    public string SystemPeer { get; init; } = "";

    /// <summary>The messages that are shown, oldest first; empty where they were not asked for.</summary>
    public IReadOnlyList<ConversationMessage> Messages { get; init; } = [];

    /// <summary>What its workflow remembers; null where there is nothing or it was not asked for.</summary>
    public ConversationState? State { get; init; }
}
