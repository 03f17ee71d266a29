using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record DreamSchedule(string Observer, string Observed, string DreamType, string? SessionId, bool Rebuild)
{
    public static DreamSchedule? Read(Input body)
    {
        if (body.Object() is not { } fields)
            return null;
        var observer = fields.Required("observer").Text(min: 1)!;
        return new(
            observer,
            fields.Optional("observed").Text(min: 1) ?? observer,
            fields.Required("dream_type").OneOf("enum", "omni", "card_refresh")!,
            fields.Optional("session_id").Text(),
            fields.Defaulted("rebuild").Boolean() ?? false);
    }
}
