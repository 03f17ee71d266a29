using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

/// <summary>One event of a streamed answer: a fragment, or the end.</summary>
internal sealed record ChatPart(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatPart.Fragment? Delta,
    bool Done,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Evidence? Evidence = null)
{
    internal sealed record Fragment(string Content);
}
