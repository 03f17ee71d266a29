using Kith.Core.Conversations;

namespace Kith.Core.Recall;

internal static class MessageEntry
{
    public static RecallEntry Of(Message message) => new()
    {
        Workspace = message.WorkspaceId,
        Kind = RecallKind.Message,
        Id = message.Id,
        Text = message.Content,
        Session = message.SessionId,
        Sequence = message.Sequence,
        Peer = message.PeerId,
        CreatedAt = message.CreatedAt,
    };
}
