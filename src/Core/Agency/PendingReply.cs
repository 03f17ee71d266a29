using System.Text.Json;
using Kith.Core.Storage;

namespace Kith.Core.Agency;

/// <summary>
/// A reply that an agent owes to a message. It is written before the message, so that a message that was acknowledged is answered or its failure recorded,
/// whatever happens to the process that took it.
/// </summary>
public sealed record PendingReply
{
    public string Type { get; } = "pendingReply";

    public required string WorkspaceId { get; init; }

    public required string SessionId { get; init; }

    public required string ChannelId { get; init; }

    public required string AgentId { get; init; }

    public required string UserId { get; init; }

    public required string MessageId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until then whoever took the message answers it; null when the worker does.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>When the sweep looks: a message that is still not there then was never stored.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The connection to a chat platform that the message came through, where the reply goes too; null where it stays here.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>What the platform needs to bring it there.</summary>
    public JsonElement? ReplyTo { get; init; }

    /// <summary>The message is a question, whatever it looks like.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>Given up once, and tried again.</summary>
    public bool Replayed { get; init; }

    /// <summary>The id of the reply: one for a message, however often it is asked for.</summary>
    public string ReplyId => Uuids.Of(WorkspaceId, SessionId, "reply", MessageId);

    /// <summary>Apart from the session's own work, which need not be done before somebody is answered.</summary>
    internal Partition Partition => Partition.Work(WorkspaceId, SessionId);
}
