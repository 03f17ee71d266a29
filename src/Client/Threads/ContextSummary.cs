namespace Kith.Client.Threads;

/// <summary>What a thread holds, in figures.</summary>
public sealed record ContextSummary
{
    /// <summary>The thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Its workflow.</summary>
    public string WorkflowName { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public ConversationStatus Status { get; init; }

    /// <summary>Messages that are shown.</summary>
    public int MessageCount { get; init; }

    /// <summary>Those of the user.</summary>
    public int UserMessages { get; init; }

    /// <summary>Those of the assistant.</summary>
    public int AssistantMessages { get; init; }

    /// <summary>Instructions.</summary>
    public int SystemMessages { get; init; }

    /// <summary>Paths of the files that they are about.</summary>
    public IReadOnlyList<string> FilesReferenced { get; init; } = [];

    /// <summary>Content and file paths at four characters each.</summary>
    public int EstimatedTokens { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something last happened to it.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>It branched from another one.</summary>
    public bool HasParent { get; init; }

    /// <summary>Messages that are stored but not shown.</summary>
    public long TruncatedCount { get; init; }
}
