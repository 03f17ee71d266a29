using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kith.Http.Work;

/// <summary>The wire types of background work in the open.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.FailedStep>), TypeInfoPropertyName = "FailedStepPage")]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.MessageState>), TypeInfoPropertyName = "MessageStatePage")]
[JsonSerializable(typeof(Wire.IdleQueue))]
[JsonSerializable(typeof(Wire.Flushed))]
internal sealed partial class WorkJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static WorkJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
