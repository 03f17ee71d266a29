using System.Text.Json.Nodes;

namespace Kith.Client.Filtering;

/// <summary>A field that a condition is about. Values are texts, numbers, booleans and times.</summary>
public sealed class FilterField
{
    private const string MetadataField = "metadata";

    private readonly string _name;
    private readonly bool _inMetadata;

    internal FilterField(string name, bool inMetadata = false) => (_name, _inMetadata) = (name, inMetadata);

    /// <summary>It has this value; null: it has none.</summary>
    /// <param name="value">The value.</param>
    public Filter Is(JsonNode? value) => With(value?.DeepClone());

    /// <summary>It has another value, or none; null: it has one. In metadata, what lacks the key is not found.</summary>
    /// <param name="value">The value.</param>
    public Filter IsNot(JsonNode? value) => With("ne", value);

    /// <summary>It has one of these values; of none, nothing is found.</summary>
    /// <param name="values">The values.</param>
    public Filter In(params IEnumerable<JsonNode?> values) => With("in", new JsonArray([.. values.Select(value => value?.DeepClone())]));

    /// <summary>It is greater, or later.</summary>
    /// <param name="value">The value.</param>
    public Filter GreaterThan(JsonNode value) => With("gt", value);

    /// <summary>It is as great or greater, then or later.</summary>
    /// <param name="value">The value.</param>
    public Filter AtLeast(JsonNode value) => With("gte", value);

    /// <summary>It is less, or earlier.</summary>
    /// <param name="value">The value.</param>
    public Filter LessThan(JsonNode value) => With("lt", value);

    /// <summary>It is as little or less, then or earlier.</summary>
    /// <param name="value">The value.</param>
    public Filter AtMost(JsonNode value) => With("lte", value);

    /// <summary>Its text has this in it, in upper or lower case.</summary>
    /// <param name="text">The part.</param>
    public Filter Contains(string text) => With("contains", text);

    private Filter With(string word, JsonNode? value) => With(new JsonObject { [word] = value?.DeepClone() });

    private Filter With(JsonNode? condition)
    {
        var field = new JsonObject { [_name] = condition };
        return new(_inMetadata ? new JsonObject { [MetadataField] = field } : field);
    }
}
