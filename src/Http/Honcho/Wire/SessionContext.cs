using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

/// <param name="Truncation">Not of the original: what did not fit. Only where something was left out.</param>
internal sealed record SessionContext(
    string Id,
    IReadOnlyList<Message> Messages,
    Summary? Summary,
    string? PeerRepresentation,
    IReadOnlyList<string>? PeerCard,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Core.Context.Truncation? Truncation)
{
    public static SessionContext Of(string session, Core.Context.SessionContext context) =>
        new(session, [.. context.Messages.Select(Message.Of)], Summary.Of(context.Summary), context.Representation, context.PeerCard, context.Truncation);
}
