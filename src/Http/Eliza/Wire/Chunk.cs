namespace Kith.Http.Eliza.Wire;

/// <summary>A fragment of a streamed reply.</summary>
/// <param name="MessageId">Of the reply.</param>
/// <param name="Text">Named <c>chunk</c> on the wire.</param>
internal sealed record Chunk(string MessageId, [property: System.Text.Json.Serialization.JsonPropertyName("chunk")] string Text, int Index);
