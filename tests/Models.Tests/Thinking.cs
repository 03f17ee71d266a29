using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Kith.Models.Tests;

/// <summary>A model that takes every turn for one statement and counts turns for a summary, so that tests see what was worked in and how often.</summary>
internal static class Thinking
{
    public const int Dimensions = 64;

    public static Task AnswerAsync(HttpContext context, JsonObject body)
    {
        if (body["input"] is not null)
            return Replies.Vectors(Vector)(context, body);
        if (Derives(body))
            return Replies.Json(Statements(body).ToJsonString())(context, body);
        return (IsSummary(body) ? Replies.Text($"{Counted(body) + Turns(body).Count()} turns.") : Replies.Text("So it is [[c1]]."))(context, body);
    }

    public static bool Derives(JsonObject body) => (string?)body["response_format"]?["json_schema"]?["name"] == "statements";

    private static bool IsSummary(JsonObject body) => User(body).Contains("At most ", StringComparison.Ordinal);

    private static JsonObject Statements(JsonObject body) => new()
    {
        ["statements"] = new JsonArray([.. Turns(body).Where(turn => turn["turn"] is not null).Select(turn => (JsonNode)new JsonObject
        {
            ["content"] = $"{turn["speaker"]}: {turn["text"]}",
            ["turns"] = new JsonArray((int)turn["turn"]!),
            ["slot"] = null,
            ["valid_from"] = null,
            ["language"] = "en",
            ["card"] = null,
        })]),
    };

    private static IEnumerable<JsonNode> Turns(JsonObject body) => Lines(body, "turns");

    private static int Counted(JsonObject body) => Lines(body, "summary").Sum(line => int.Parse(((string)line["text"]!).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<JsonNode> Lines(JsonObject body, string block) => User(body)
        .Split('\n')
        .SkipWhile(line => line != $"<{block}>")
        .Skip(1)
        .TakeWhile(line => line != $"</{block}>")
        .Select(line => JsonNode.Parse(line)!);

    private static string User(JsonObject body) => new ModelRequest("", "", body, default).Text("user");

    /// <summary>The same for the same text, and far from those of others.</summary>
    private static float[] Vector(string text)
    {
        var random = new Random(text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
