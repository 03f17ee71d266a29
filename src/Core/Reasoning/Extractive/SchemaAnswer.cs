using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Puts an answer into the shape of a JSON Schema: text into strings, lines into arrays, what the evidence shows into the rest.</summary>
internal sealed class SchemaAnswer(JsonElement root, Answer answer, string question)
{
    /// <summary>Deeper values are left empty; the API refuses deeper schemas anyway.</summary>
    private const int Deepest = 20;

    /// <summary>References may unfold a small schema into a huge value; the rest stays empty.</summary>
    private const int MostValues = 2000;

    private int _values;

    private readonly string _evidence = string.Join('\n', answer.Quoted.Select(line => line.Text));

    private bool Known => answer.Quoted.Count > 0;

    public string ToJson() => (Value(root, 0) ?? new JsonObject()).ToJsonString();

    private JsonNode? Value(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > Deepest || ++_values > MostValues) return null;
        if (schema.TryGetProperty("$ref", out var reference)) return Resolve(reference) is { } target ? Value(target, depth + 1) : null;
        if (schema.TryGetProperty("const", out var constant)) return JsonNode.Parse(constant.GetRawText());
        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0) return Choice(choices);
        foreach (var alternatives in (ReadOnlySpan<string>)["anyOf", "oneOf"])
            if (schema.TryGetProperty(alternatives, out var options) && options.ValueKind == JsonValueKind.Array) return First(options, depth);
        if (schema.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() > 0 && !schema.TryGetProperty("properties", out _))
            return Value(all[0], depth + 1);
        var (type, nullable) = Type(schema);
        if (nullable && !Known) return null;
        return type switch
        {
            "object" => Object(schema, depth),
            "array" => Array(schema, depth),
            "string" => Text(),
            "integer" => JsonValue.Create((long)Math.Clamp(Math.Truncate(Number()), long.MinValue, 9e18)),
            "number" => JsonValue.Create(Number()),
            "boolean" => JsonValue.Create(Known && !Denies()),
            _ => null,
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var result = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            foreach (var property in properties.EnumerateObject()) result[property.Name] = Value(property.Value, depth + 1);
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
            foreach (var name in required.EnumerateArray())
                if (name.GetString() is { } key && !result.ContainsKey(key)) result[key] = Text();
        return result;
    }

    private JsonArray Array(JsonElement schema, int depth)
    {
        if (!schema.TryGetProperty("items", out var items)) return new JsonArray([.. answer.Quoted.Select(line => (JsonNode)line.Text)]);
        var result = new JsonArray();
        if (IsText(items, depth))
            foreach (var line in answer.Quoted) result.Add((JsonNode)line.Text);
        else if (Known)
            result.Add(Value(items, depth + 1));
        var least = schema.TryGetProperty("minItems", out var minimum) && minimum.TryGetInt32(out var count) ? Math.Min(count, 100) : 0;
        while (result.Count < least) result.Add(Value(items, depth + 1));
        if (schema.TryGetProperty("maxItems", out var maximum) && maximum.TryGetInt32(out var most))
            while (result.Count > Math.Max(0, most)) result.RemoveAt(result.Count - 1);
        return result;
    }

    private bool IsText(JsonElement schema, int depth)
    {
        for (; depth <= Deepest && schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference); depth++)
        {
            if (Resolve(reference) is not { } target) return false;
            schema = target;
        }

        return schema.ValueKind == JsonValueKind.Object && Type(schema).Name == "string" && !schema.TryGetProperty("enum", out _) && !schema.TryGetProperty("const", out _);
    }

    /// <summary>The first alternative that holds something; null where nothing is known and null is allowed.</summary>
    private JsonNode? First(JsonElement options, int depth)
    {
        var open = options.EnumerateArray().ToList();
        var nullable = open.Exists(option => option.ValueKind == JsonValueKind.Object && Type(option).Name == "null");
        if (nullable && !Known) return null;
        var fitting = open.Where(option => option.ValueKind == JsonValueKind.Object && Type(option).Name != "null").ToList();
        return fitting.Count == 0 ? null : Value(fitting[0], depth + 1);
    }

    private JsonNode? Choice(JsonElement choices)
    {
        foreach (var choice in choices.EnumerateArray())
            if (choice.ValueKind == JsonValueKind.String && choice.GetString() is { Length: > 0 } text && _evidence.Contains(text, StringComparison.OrdinalIgnoreCase)) return (JsonNode)text;
        foreach (var choice in choices.EnumerateArray())
            if (!Known && choice.ValueKind == JsonValueKind.Null) return null;
        return JsonNode.Parse(choices[0].GetRawText());
    }

    private JsonValue Text() => JsonValue.Create(answer.Text);

    private double Number()
    {
        var asked = Token.Split(question).Select(token => token.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var line in answer.Quoted)
            foreach (var token in Token.Split(line.Text))
                if (char.IsDigit(token.Text[0]) && !asked.Contains(token.Text)
                    && double.TryParse(token.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)) return number;
        return 0;
    }

    /// <summary>The evidence says no where the question did not.</summary>
    private bool Denies() => IsNegative(answer.Quoted[0].Text) && !IsNegative(question);

    private static bool IsNegative(string text) =>
        Token.Split(text).Exists(token => token.Lower is "not" or "no" or "never" or "nicht" or "kein" or "keine" or "nie" or "nunca" or "jamais" or "pas" or "não"
            || token.Lower.EndsWith("n't", StringComparison.Ordinal));

    private static (string Name, bool Nullable) Type(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            if (type.ValueKind == JsonValueKind.String) return (type.GetString()!, false);
            if (type.ValueKind == JsonValueKind.Array)
            {
                var names = type.EnumerateArray().Select(name => name.GetString() ?? "").ToList();
                return (names.Find(name => name != "null") ?? "null", names.Contains("null"));
            }
        }

        return schema.TryGetProperty("properties", out _) ? ("object", false) : schema.TryGetProperty("items", out _) ? ("array", false) : ("string", false);
    }

    /// <summary>A definition of the root: "#/$defs/Name".</summary>
    private JsonElement? Resolve(JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String || reference.GetString() is not { } path || !path.StartsWith('#')) return null;
        var at = root;
        foreach (var step in path.Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        }

        return at;
    }
}
