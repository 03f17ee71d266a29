namespace Kith.Core.Conversations;

/// <summary>What is left of an erased message: its place in the session, and no content.</summary>
internal sealed record Tombstone
{
    public const string DocumentType = "tombstone";

    /// <summary>In place of an erasure: the message was older than its workspace keeps messages, and what was learnt from it stays.</summary>
    public const string OfRetention = "$retention";

    public string Type { get; } = DocumentType;

    public required string MessageId { get; init; }

    public required long Sequence { get; init; }

    /// <summary>When the message was erased.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By which erasure.</summary>
    public required string Erasure { get; init; }

    public static string IdOf(long sequence) => $"$tombstone:{sequence}";
}
