using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Replay;

/// <summary>One recorded request with the answer that the original server gave.</summary>
internal sealed class Recording(string file, JsonNode line)
{
    public string File => file;

    public int Number { get; } = line["seq"]!.GetValue<int>();

    /// <summary>The client's call that sent it.</summary>
    public string Label { get; } = line["label"]!.GetValue<string>();

    public string Method { get; } = line["method"]!.GetValue<string>();

    public string Path { get; } = line["path"]!.GetValue<string>();

    public string? Query { get; } = line["query"]?.GetValue<string>();

    public int Status { get; } = line["status"]!.GetValue<int>();

    public string? ContentType { get; } = line["response_headers"]!["content-type"]?.GetValue<string>();

    public bool HasJson { get; } = line["response_body"] is JsonObject body && body.ContainsKey("json");

    public JsonNode? Json { get; } = line["response_body"]?["json"];

    /// <summary>Of an answer that is not JSON.</summary>
    public string? Text { get; } = line["response_body"]?["text"]?.GetValue<string>();

    /// <summary>The recorder kept no cross-origin headers; the answers show that preflights were sent with these.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = line["method"]!.GetValue<string>() == "OPTIONS"
        ? new Dictionary<string, string> { ["Origin"] = "http://localhost", ["Access-Control-Request-Method"] = "POST" }
        : [];

    public static IEnumerable<Recording> Read(string file) =>
        System.IO.File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Replay", "captures", file)).Select(line => new Recording(file, JsonNode.Parse(line)!));

    public ByteArrayContent? Content(Func<string, string> translate)
    {
        var type = line["request_headers"]!["content-type"]?.GetValue<string>();
        var text = line["request_body"] is not JsonObject body ? null
            : body["text"]?.GetValue<string>() ?? translate(body["json"]?.ToJsonString() ?? "null");
        if (text is null && type is null)
            return null;
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text ?? ""));
        if (type is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
