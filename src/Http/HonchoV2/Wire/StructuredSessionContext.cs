using System.Text.Json.Serialization;
using Kith.Http.Honcho.Wire;

namespace Kith.Http.HonchoV2.Wire;

/// <param name="Truncation">As in v3: only where something was left out.</param>
internal sealed record StructuredSessionContext(
    string Id,
    IReadOnlyList<Message> Messages,
    Summary? Summary,
    StructuredRepresentation? PeerRepresentation,
    IReadOnlyList<string>? PeerCard,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Core.Context.Truncation? Truncation)
{
    public static StructuredSessionContext Of(string session, Core.Context.SessionContext context, StructuredRepresentation? known) =>
        new(session, [.. context.Messages.Select(Message.Of)], Summary.Of(context.Summary), known, context.PeerCard, context.Truncation);
}
