using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.HonchoV2.Requests;

namespace Kith.Http.HonchoV2;

/// <summary>The wire types that v3 does not have.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Wire.WorkingRepresentation))]
[JsonSerializable(typeof(Wire.StructuredPeerContext))]
[JsonSerializable(typeof(Wire.StructuredSessionContext))]
[JsonSerializable(typeof(IReadOnlyList<Wire.Observation>), TypeInfoPropertyName = "ObservationList")]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Observation>), TypeInfoPropertyName = "ObservationPage")]
[JsonSerializable(typeof(WorkingRepresentationQuery))]
[JsonSerializable(typeof(ObservationBatch))]
[JsonSerializable(typeof(DreamRequest))]
internal sealed partial class HonchoV2Json : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is, as the original does.</summary>
    public static HonchoV2Json Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
