using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Connections.Requests;

namespace Kith.Http.Connections;

/// <summary>The wire types of connections.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Wire.Connection))]
[JsonSerializable(typeof(Honcho.Wire.Page<Wire.Connection>), TypeInfoPropertyName = "ConnectionPage")]
[JsonSerializable(typeof(ConnectionCreate))]
[JsonSerializable(typeof(ConnectionUpdate))]
[JsonSerializable(typeof(SecretsRotation))]
internal sealed partial class ConnectionsJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static ConnectionsJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
