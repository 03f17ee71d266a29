using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kith.Http.Eliza;

/// <summary>The protocol's wire types. Members are written in the order in which the types declare them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Wire.Health))]
[JsonSerializable(typeof(Wire.CreatedSession))]
[JsonSerializable(typeof(Wire.SessionInfo))]
[JsonSerializable(typeof(Wire.SessionList))]
[JsonSerializable(typeof(Wire.Deleted))]
[JsonSerializable(typeof(Wire.Sent))]
[JsonSerializable(typeof(Wire.TimeoutConfig))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Wire.History))]
[JsonSerializable(typeof(Wire.AgentList))]
[JsonSerializable(typeof(Wire.Chunk))]
[JsonSerializable(typeof(Wire.Fault))]
internal sealed partial class ElizaJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static ElizaJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
