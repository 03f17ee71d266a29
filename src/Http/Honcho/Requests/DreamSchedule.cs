using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <param name="Observed">The observer itself when null.</param>
internal sealed record DreamSchedule(string Observer, string DreamType, string? Observed = null, string? SessionId = null, bool Rebuild = false)
{
    public static DreamSchedule? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("observer").Text(min: 1)!,
        DreamType: fields.Required("dream_type").OneOf("enum", "omni", "card_refresh")!,
        Observed: fields.Optional("observed").Text(min: 1),
        SessionId: fields.Optional("session_id").Text(),
        Rebuild: fields.Defaulted("rebuild").Boolean() ?? false);
}
