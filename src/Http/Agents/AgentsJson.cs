using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Agents.Requests;

namespace Kith.Http.Agents;

/// <summary>The wire types of Kith's own agent routes, and of what responders are sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<Wire.Agent>), TypeInfoPropertyName = "Agents")]
[JsonSerializable(typeof(AgentChange))]
[JsonSerializable(typeof(Wire.AgentCall))]
internal sealed partial class AgentsJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static AgentsJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
