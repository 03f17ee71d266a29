using Kith.Client.Models;

namespace Kith.Mcp.Results;

/// <param name="Truncated">Whether something did not fit.</param>
internal sealed record ConversationContext(string? Summary, string? Representation, IReadOnlyList<string>? Card, IReadOnlyList<SaidMessage> Messages, bool Truncated)
{
    public static ConversationContext Of(SessionContext context) => new(
        context.Summary?.Content, context.PeerRepresentation, context.PeerCard, [.. context.Messages.Select(SaidMessage.Of)], context.Truncation is not null);
}
