using Kith.Core.Events;
using Kith.Http.Honcho.Requests;
using Kith.Http.Schema;

namespace Kith.Http.Events.Requests;

/// <param name="Events">All where null.</param>
internal sealed record EndpointCreate(string Url, IReadOnlyList<string>? Events = null)
{
    public static EndpointCreate? Read(Input body, bool allowPrivate) => body.Object()?.Only("url", "events") is not { } fields ? null : new(
        WebhookCreate.Address(fields.Required("url"), allowPrivate),
        EventsOf(fields.Optional("events")));

    internal static IReadOnlyList<string>? EventsOf(Input input) => input.List(name => name.OneOf("enum", [.. EventTypes.All]), min: 1);
}
