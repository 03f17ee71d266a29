using Kith.Http.Schema;

namespace Kith.Http.Events.Requests;

internal sealed record EndpointChange(IReadOnlyList<string> Events)
{
    public static EndpointChange? Read(Input body) =>
        body.Object()?.Only("events") is not { } fields ? null : new(EndpointCreate.EventsOf(fields.Required("events")) ?? []);
}
