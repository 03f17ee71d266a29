using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Rebuilds.Requests;

namespace Kith.Http.Rebuilds;

/// <summary>The wire types of rebuilds.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Rebuild>), TypeInfoPropertyName = "RebuildPage")]
[JsonSerializable(typeof(RebuildCreate))]
internal sealed partial class RebuildJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static RebuildJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
