using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Keys.Requests;

namespace Kith.Http.Keys;

/// <summary>The wire types of keys.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Wire.CallingKey))]
[JsonSerializable(typeof(Wire.IssuedKey))]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Key>), TypeInfoPropertyName = "KeyPage")]
[JsonSerializable(typeof(KeyCreate))]
[JsonSerializable(typeof(Rotation))]
internal sealed partial class KeysJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static KeysJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
