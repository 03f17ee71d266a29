using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kith.Client;
using Kith.Mcp.Results;
using ModelContextProtocol;

namespace Kith.Mcp;

/// <summary>What goes in and comes out of the tools: snake case, enumerations as words. Null is written: the schemas of results, which clients check, require every member.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Remembered))]
[JsonSerializable(typeof(Recalled))]
[JsonSerializable(typeof(Answered))]
[JsonSerializable(typeof(ConversationContext))]
[JsonSerializable(typeof(ListedConclusions))]
[JsonSerializable(typeof(Corrected))]
[JsonSerializable(typeof(Forgotten))]
[JsonSerializable(typeof(ReasoningLevel?))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    public static JsonSerializerOptions Wire { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new JsonStringEnumConverter<ReasoningLevel>(JsonNamingPolicy.SnakeCaseLower) },
            TypeInfoResolver = JsonTypeInfoResolver.Combine(Default, McpJsonUtilities.DefaultOptions.TypeInfoResolver),
        };
        options.MakeReadOnly();
        return options;
    }
}
