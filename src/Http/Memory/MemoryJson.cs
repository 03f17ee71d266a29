using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Memory.Requests;

namespace Kith.Http.Memory;

/// <summary>The wire types of Kith's own memory routes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<Wire.Conclusion>), TypeInfoPropertyName = "Conclusions")]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Conclusion>), TypeInfoPropertyName = "ConclusionPage")]
[JsonSerializable(typeof(Wire.ConclusionSources))]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Pair>), TypeInfoPropertyName = "PairPage")]
[JsonSerializable(typeof(Wire.DreamHistory))]
[JsonSerializable(typeof(ConclusionChange))]
[JsonSerializable(typeof(Wire.Budget))]
[JsonSerializable(typeof(Wire.Usage))]
internal sealed partial class MemoryJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static MemoryJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
