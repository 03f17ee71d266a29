namespace Kith.Http.Honcho.Wire;

internal sealed record SessionContext(string Id, IReadOnlyList<Message> Messages, Summary? Summary, string? PeerRepresentation, IReadOnlyList<string>? PeerCard)
{
    public static SessionContext Of(string session, Core.Context.SessionContext context) =>
        new(session, [.. context.Messages.Select(Message.Of)], Summary.Of(context.Summary), context.Representation, context.PeerCard);
}
