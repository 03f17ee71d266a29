using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Erasures.Requests;

namespace Kith.Http.Erasures;

/// <summary>The wire types of erasures.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Erasure>), TypeInfoPropertyName = "ErasurePage")]
[JsonSerializable(typeof(Wire.Proof))]
[JsonSerializable(typeof(ErasureCreate))]
internal sealed partial class ErasureJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static ErasureJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
