using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Events.Requests;

namespace Kith.Http.Events;

/// <summary>The wire types of webhooks beyond the original's.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Endpoint>), TypeInfoPropertyName = "EndpointPage")]
[JsonSerializable(typeof(Wire.EndpointWithSecret))]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Delivery>), TypeInfoPropertyName = "DeliveryPage")]
[JsonSerializable(typeof(EndpointCreate))]
[JsonSerializable(typeof(EndpointChange))]
[JsonSerializable(typeof(SecretRotation))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static EventJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
