using System.Text.Json;

namespace Kith.Core.Answers;

/// <summary>The subset of JSON Schema that answers can be asked for (spec honcho-api §9.3).</summary>
public static class ResponseFormat
{
    private const int MaxDepth = 20;
    private const int MaxNodes = 500;

    private static readonly string[] Unsupported = ["allOf", "not", "if", "then", "else", "patternProperties"];
    private static readonly string[] Definitions = ["$defs", "definitions"];
    private static readonly string[] Types = ["object", "array", "string", "integer", "number", "boolean", "null"];

    /// <summary>Invalid, with the place that is not supported.</summary>
    public static void Check(JsonElement schema) => new Walk(schema).Root();

    private static KithException Refusal(string problem, string path) => new(ErrorCode.Invalid, $"Invalid response_format: {problem} at {path}");

    private sealed class Walk(JsonElement root)
    {
        private readonly HashSet<string> _open = [];
        private int _nodes;

        public void Root()
        {
            if (root.ValueKind != JsonValueKind.Object)
                throw Refusal("the schema must be an object", "$");

            var target = root;
            if (root.Text("$ref") is { } reference)
                target = Resolve(reference, "$");
            if (target.Text("type") != "object" && !(target.TryGetProperty("properties", out _) && !target.TryGetProperty("type", out _)))
                throw Refusal("the root must be of type object", "$");
            foreach (var definitions in Definitions)
            {
                foreach (var member in root.Section(definitions).EnumerateObject())
                    Node(member.Value, $"$.{definitions}.{member.Name}", 1);
            }

            Node(root, "$", 0);
        }

        private void Node(JsonElement node, string path, int depth)
        {
            if (node.ValueKind is JsonValueKind.True or JsonValueKind.False)
                throw Refusal("boolean schemas are not supported", path);
            if (node.ValueKind != JsonValueKind.Object)
                throw Refusal("a schema must be an object", path);
            if (depth > MaxDepth)
                throw Refusal($"more than {MaxDepth} levels", path);
            if (++_nodes > MaxNodes)
                throw Refusal($"more than {MaxNodes} nodes", path);

            if (Unsupported.FirstOrDefault(keyword => node.TryGetProperty(keyword, out _)) is { } unsupported)
                throw Refusal($"'{unsupported}' is not supported", path);
            if (node.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                throw Refusal("schema-valued 'additionalProperties' is not supported", path);
            if (path != "$" && Definitions.Any(definitions => node.TryGetProperty(definitions, out _)))
                throw Refusal("nested definitions are not supported", path);

            CheckType(node, path);
            CheckEnum(node, path);
            Reference(node, path, depth);
            foreach (var member in Members(node, "properties", path))
                Node(member.Value, $"{path}.properties.{member.Name}", depth + 1);
            if (node.TryGetProperty("items", out var items))
                Node(items, $"{path}.items", depth + 1);
            foreach (var keyword in new[] { "anyOf", "oneOf" })
            {
                if (!node.TryGetProperty(keyword, out var choices))
                    continue;
                if (choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
                    throw Refusal($"'{keyword}' must be a list of schemas", path);
                foreach (var (index, choice) in choices.EnumerateArray().Index())
                    Node(choice, $"{path}.{keyword}[{index}]", depth + 1);
            }

            if (node.TryGetProperty("required", out var required)
                && (required.ValueKind != JsonValueKind.Array || required.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String)))
            {
                throw Refusal("'required' must be a list of names", path);
            }
        }

        private void Reference(JsonElement node, string path, int depth)
        {
            if (!node.TryGetProperty("$ref", out var value))
                return;

            var reference = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Refusal("'$ref' must be text", path);
            var target = Resolve(reference, path);
            if (!_open.Add(reference))
                throw Refusal("recursive '$ref' is not supported", path);
            Node(target, $"{path}.$ref", depth + 1);
            _open.Remove(reference);
        }

        private JsonElement Resolve(string reference, string path)
        {
            var parts = reference.Split('/');
            if (parts is ["#", "$defs" or "definitions", var name]
                && root.Section(parts[1]).TryGetProperty(name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out var target))
            {
                return target;
            }

            throw Refusal($"'$ref' must point to the root's definitions", path);
        }

        private static IEnumerable<JsonProperty> Members(JsonElement node, string keyword, string path)
        {
            if (!node.TryGetProperty(keyword, out var members))
                return [];
            if (members.ValueKind != JsonValueKind.Object)
                throw Refusal($"'{keyword}' must be an object", path);
            return members.EnumerateObject();
        }

        private static void CheckType(JsonElement node, string path)
        {
            if (!node.TryGetProperty("type", out var type))
                return;

            var named = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new[] { type };
            if (named.Length == 0 || named.Any(name => name.ValueKind != JsonValueKind.String || !Types.Contains(name.GetString())))
                throw Refusal("unknown 'type'", path);
        }

        private static void CheckEnum(JsonElement node, string path)
        {
            if (!node.TryGetProperty("enum", out var values))
                return;
            if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
                throw Refusal("'enum' must be a list of values", path);
            if (values.EnumerateArray().Any(value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                throw Refusal("'enum' holds strings, numbers, booleans and null only", path);
        }
    }
}
