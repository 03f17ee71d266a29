using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

/// <summary>One event of a streamed answer: a fragment, or the end, which has none; in v2 it has an empty one.</summary>
internal sealed record ChatPart(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatPart.Fragment? Delta,
    bool Done,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Evidence? Evidence = null)
{
    internal sealed record Fragment(string? Content);
}
