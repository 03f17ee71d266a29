namespace Kith.Client;

/// <summary>What holds in a workspace: how long threads last, what is counted once, what may be spent, and what is kept how long. What is null has its default. Kith only.</summary>
public sealed record WorkspaceSettings
{
    /// <summary>Hours without anything happening after which threads expire that say nothing else: 72.</summary>
    public double? TtlHours { get; init; }

    /// <summary>How many messages are shown of threads that say nothing else: 100.</summary>
    public int? MaxMessages { get; init; }

    /// <summary>What these hours count from: <c>lastActivity</c>, or <c>created</c>.</summary>
    public string? TtlFrom { get; init; }

    /// <summary>Whether archived threads refuse messages: false.</summary>
    public bool? ArchivedReadOnly { get; init; }

    /// <summary>Seconds within which the same words of the same peer in a session count once: 0 is never.</summary>
    public int? DedupeWindowSeconds { get; init; }

    /// <summary>Messages that may be stored in a day; null: no limit.</summary>
    public long? MessagesPerDay { get; init; }

    /// <summary>Tokens of messages that may be stored in a day; null: no limit.</summary>
    public long? TokensPerDay { get; init; }

    /// <summary>Tokens of models that may be used in a day; null: no limit.</summary>
    public long? ModelTokensPerDay { get; init; }

    /// <summary>Days for which messages are kept; null: for good.</summary>
    public int? MessageDays { get; init; }

    /// <summary>Days for which conclusions are kept; null: for good.</summary>
    public int? ConclusionDays { get; init; }
}
