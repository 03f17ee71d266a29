using System.Text.Json.Serialization;

namespace Kith.Http.Honcho.Wire;

internal sealed record Representation([property: JsonPropertyName("representation")] string Text);
