using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kith.Azure.Models;

/// <summary>What is written for models and read from them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TurnLine))]
[JsonSerializable(typeof(ConclusionLine))]
[JsonSerializable(typeof(MessageLine))]
[JsonSerializable(typeof(TextLine))]
[JsonSerializable(typeof(ToolInput))]
[JsonSerializable(typeof(DerivedStatements))]
[JsonSerializable(typeof(ProposedConsolidation))]
internal sealed partial class ModelJson : JsonSerializerContext
{
    /// <summary>Letters of all languages as they are: escapes would cost tokens, and this JSON is never part of a page.</summary>
    public static ModelJson Plain => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
