using System.Text.Json;

namespace Kith.Azure.Models;

/// <summary>
/// Whether a provider can hold a model to a schema: strict output knows some keywords only and wants every object closed with all properties required.
/// Other schemas are sent as a wish, and the answer is checked.
/// </summary>
internal static class StrictSchema
{
    public static bool Admits(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || (schema.TryGetProperty("properties", out var properties) && !IsClosed(schema, properties)))
            return false;
        foreach (var keyword in schema.EnumerateObject())
        {
            var admitted = keyword.Name switch
            {
                "type" or "required" or "additionalProperties" or "enum" or "const" or "$ref" or "description" or "title" => true,
                "items" => Admits(keyword.Value),
                "anyOf" => keyword.Value.ValueKind == JsonValueKind.Array && keyword.Value.EnumerateArray().All(Admits),
                "properties" or "$defs" => keyword.Value.ValueKind == JsonValueKind.Object && keyword.Value.EnumerateObject().All(property => Admits(property.Value)),
                _ => false,
            };
            if (!admitted)
                return false;
        }

        return true;
    }

    private static bool IsClosed(JsonElement schema, JsonElement properties) =>
        schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False
        && schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
        && properties.ValueKind == JsonValueKind.Object
        && properties.EnumerateObject().Select(property => property.Name).ToHashSet().SetEquals(required.EnumerateArray().Select(name => name.GetString() ?? ""));
}
