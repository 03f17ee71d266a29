using Kith.Client.Models;

namespace Kith.Mcp.Results;

/// <param name="MatchedBy"><c>text</c>, <c>vector</c> or both; null where it was not searched for.</param>
internal sealed record SaidMessage(string Id, string SessionId, string Peer, DateTimeOffset SaidAt, string Content, IReadOnlyList<string>? MatchedBy)
{
    public static SaidMessage Of(Message message) => new(message.Id, message.SessionId, message.PeerId, message.CreatedAt, message.Content, message.MatchedBy);
}
