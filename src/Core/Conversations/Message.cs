using System.Text.Json;

namespace Kith.Core.Conversations;

/// <summary>A stored message.</summary>
public sealed record Message
{
    public string Type { get; } = "message";

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required string SessionId { get; init; }

    public required string PeerId { get; init; }

    public required string Content { get; init; }

    public required JsonElement Metadata { get; init; }

    public JsonElement? Configuration { get; init; }

    /// <summary>What the door that it came through wants back with it; other doors do not show it.</summary>
    public JsonElement? DoorFields { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came in; null where that is <see cref="CreatedAt"/>.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When the platform says that this version was made; null for what was never changed.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>o200k_base tokens of the content.</summary>
    public required int TokenCount { get; init; }

    /// <summary>1, 2, 3 … in the order of arrival, without gaps; an erased message leaves a <see cref="Tombstone"/> at its place.</summary>
    public required long Sequence { get; init; }

    /// <summary>Tokens of all messages of the session before this one, erased ones included; as they came in.</summary>
    public required long TokensBefore { get; init; }

    /// <summary>The message that this is a copy of, the first of them where copies were copied; null for what was said here.</summary>
    public string? CopyOf { get; init; }
}
