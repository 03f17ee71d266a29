using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

/// <param name="Content">Null when the answer is empty.</param>
/// <param name="Evidence">Only where it was asked for.</param>
internal sealed record ChatAnswer(string? Content, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Evidence? Evidence = null);
