using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Http.Links.Requests;

namespace Kith.Http.Links;

/// <summary>The wire types of links.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Wire.Link))]
[JsonSerializable(typeof(IReadOnlyList<Wire.Link>), TypeInfoPropertyName = "LinkList")]
[JsonSerializable(typeof(LinkCreate))]
internal sealed partial class LinksJson : JsonSerializerContext
{
    /// <summary>Text of any script is written as it is.</summary>
    public static LinksJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
