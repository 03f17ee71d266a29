using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kith.Http.Tests.Fuzz;

namespace Kith.Bench.Fuzz;

/// <summary>A plain request to every route that the server describes, so that a route is fuzzed as soon as it is there.</summary>
internal static partial class OpenApiExamples
{
    private const int Depth = 5;

    public static async Task<IReadOnlyList<RawRequest>> ReadAsync(HttpClient client)
    {
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select Of(document, operation.Key.ToUpperInvariant(), path.Key, operation.Value!),
        ];
    }

    private static RawRequest Of(JsonNode document, string method, string path, JsonNode operation)
    {
        var query = (operation["parameters"]?.AsArray() ?? [])
            .Where(parameter => (string?)parameter!["in"] == "query")
            .Select(parameter => $"{parameter!["name"]}={Uri.EscapeDataString(Plain(Sample(document, parameter["schema"], (string?)parameter["name"], Depth)))}");
        var target = Parameter().Replace(path, match => Name(match.Groups[1].Value)) + string.Concat(query.Select((part, i) => (i == 0 ? "?" : "&") + part));
        var (type, content) = operation["requestBody"]?["content"]?.AsObject().Select(body => (body.Key, body.Value)).FirstOrDefault() ?? default;
        if (type == "multipart/form-data")
            return new RawRequest(method, target, [("Content-Type", "multipart/form-data; boundary=b")], Encoding.UTF8.GetBytes(Upload));
        var body = content is null ? "" : Sample(document, content["schema"], null, Depth)?.ToJsonString() ?? "null";
        return new RawRequest(method, target, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));
    }

    private static string Upload =>
        "--b\r\nContent-Disposition: form-data; name=\"peer_id\"\r\n\r\nalice\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nI live in Rome.\r\n--b--\r\n";

    private static JsonNode? Sample(JsonNode document, JsonNode? schema, string? name, int depth)
    {
        if (schema is null || depth == 0)
            return null;
        if ((string?)schema["$ref"] is { } reference)
            return Sample(document, reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, part) => node[part]!), name, depth - 1);
        if ((schema["oneOf"] ?? schema["anyOf"])?.AsArray() is { } choices)
            return Sample(document, choices.FirstOrDefault(choice => (string?)choice!["type"] != "null"), name, depth);
        var type = schema["type"] switch
        {
            JsonArray types => types.Select(one => (string?)one).FirstOrDefault(one => one != "null" && one != "string") ?? "string",
            JsonValue one => (string?)one,
            _ => schema["properties"] is null ? "string" : "object",
        };
        return type switch
        {
            "object" => new JsonObject((schema["properties"]?.AsObject() ?? []).Select(property => KeyValuePair.Create(property.Key, Sample(document, property.Value, property.Key, depth - 1)))),
            "array" => new JsonArray(Sample(document, schema["items"], name, depth - 1)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => schema["enum"]?.AsArray()[0]?.DeepClone() ?? ((string?)schema["format"] == "date-time" ? "2026-01-01T00:00:00Z" : Name(name ?? "")),
        };
    }

    private static string Plain(JsonNode? value) => value switch
    {
        JsonArray items => items.Count == 0 ? "" : Plain(items[0]),
        null => "",
        _ => value.ToString(),
    };

    /// <summary>Things that are there.</summary>
    private static string Name(string parameter) => parameter switch
    {
        "workspace" or "workspace_id" => "fuzzed",
        "peer" or "peer_id" or "observer" or "observed" or "observer_id" or "observed_id" => "alice",
        "session" or "session_id" => "t",
        "url" or "responder_url" => "https://example.com/hook",
        _ => "x",
    };

    [GeneratedRegex(@"\{([^/}]+)\}")]
    private static partial Regex Parameter();
}
