using Kith.Http.Schema;

namespace Kith.Http.HonchoV2.Requests;

/// <param name="DreamType">Both kinds of the original are one consolidation here.</param>
/// <param name="Observed">The observer itself when null.</param>
internal sealed record DreamRequest(string Observer, string DreamType, string? Observed = null)
{
    public static DreamRequest? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("observer").Text(min: 1)!,
        fields.Required("dream_type").OneOf("enum", "consolidate", "agent")!,
        fields.Optional("observed").Text(min: 1));
}
