using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Porting.Requests;

namespace Kith.Http.Porting;

/// <summary>The wire types of imports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Import>), TypeInfoPropertyName = "ImportPage")]
[JsonSerializable(typeof(HonchoSource))]
internal sealed partial class PortingJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static PortingJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
