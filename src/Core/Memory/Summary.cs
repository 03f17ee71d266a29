namespace Kith.Core.Memory;

/// <summary>The latest summary of a session of one kind.</summary>
public sealed record Summary
{
    public string Type { get; } = "summary";

    public required SummaryKind Kind { get; init; }

    public required string Content { get; init; }

    /// <summary>The last message it covers.</summary>
    public required string MessageId { get; init; }

    /// <summary>Sequence of that message.</summary>
    public required long Through { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int TokenCount { get; init; }
}
