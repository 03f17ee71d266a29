using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Core;

/// <summary>Metadata and configuration: JSON objects that clients own.</summary>
internal static class FreeJson
{
    public static JsonElement Empty { get; } = JsonElement.Parse("{}");

    /// <summary>Shallow merge of top-level members; members that are null in <paramref name="changes"/> are no change (spec honcho-api §5.5).</summary>
    public static JsonElement Merge(JsonElement current, JsonElement changes)
    {
        var merged = JsonObject.Create(current)!;
        foreach (var member in changes.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                merged[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return JsonSerializer.SerializeToElement(merged, NodeJson.Default.JsonObject);
    }

    /// <summary>Shallow assignment of top-level members, nulls included.</summary>
    public static JsonElement Assign(JsonElement current, JsonElement changes)
    {
        var assigned = JsonObject.Create(current)!;
        foreach (var member in changes.EnumerateObject())
            assigned[member.Name] = member.Value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(member.Value.GetRawText());
        return JsonSerializer.SerializeToElement(assigned, NodeJson.Default.JsonObject);
    }

    /// <summary>The member's value when it is a boolean; null when absent, null or anything else.</summary>
    public static bool? Boolean(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.GetBoolean()
            : null;

    public static int? Integer(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number)
            ? number
            : null;

    public static string? Text(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    /// <summary>The member when it is an object, else an empty one.</summary>
    public static JsonElement Section(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : Empty;
}
