using System.Text.Json;
using Kith.Core.Conversations;

namespace Kith.Core.Threads;

/// <summary>A message as a thread shows it.</summary>
/// <param name="Peer">The author; the role follows from it, so that what came through another door has one too.</param>
public sealed record ThreadMessage(
    string Id,
    string ThreadId,
    long Sequence,
    string Role,
    string Peer,
    string Content,
    DateTimeOffset Timestamp,
    ThreadFields Fields,
    JsonElement Metadata)
{
    internal static ThreadMessage Of(Message message, ConversationThread thread) => new(
        message.Id,
        message.SessionId,
        message.Sequence,
        thread.RoleOf(message.PeerId),
        message.PeerId,
        message.Content,
        message.CreatedAt,
        ThreadFields.Of(message),
        message.Metadata);
}
