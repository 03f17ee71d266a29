using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Kith.Core.Recall;
using Kith.Core.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kith.Bench;

/// <summary>
/// Stands where a model server would, to show that a measurement with a model runs and what its prompts cost in tokens; what it says is worth nothing. Takes
/// every turn for a statement, the last turn for the summary and the first conclusion for the answer, embeds as Kith does without a model, and reports o200k tokens.
/// </summary>
internal static class ModelDouble
{
    private const string Name = "double";

    private static readonly HashedEmbedder _embedder = new();

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapPost("/v1/chat/completions", CompleteAsync);
        app.MapPost("/v1/embeddings", EmbedAsync);
        app.Urls.Add($"http://127.0.0.1:{port}");
        await app.StartAsync();
        Console.WriteLine($"export KITH_Model__Endpoint={app.Urls.First()}/v1 KITH_Model__ChatModel={Name} KITH_Model__EmbeddingModel={Name} KITH_Model__EmbeddingDimensions={_embedder.Dimensions}");
        await app.WaitForShutdownAsync();
    }

    private static async Task CompleteAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var prompt = string.Join('\n', body["messages"]!.AsArray().Select(message => TextOf(message!["content"])));
        var said = (string?)body["response_format"]?["json_schema"]?["name"] switch
        {
            "statements" => Statements(prompt).ToJsonString(),
            "consolidation" => """{"merges":[],"patterns":[]}""",
            _ => Lines(prompt, "conclusions").FirstOrDefault() is { } line ? $"{line["text"]} [[{line["id"]}]]" : (string?)Lines(prompt, "turns").LastOrDefault()?["text"] ?? "Nothing is known. [[none]]",
        };
        var usage = new JsonObject { ["prompt_tokens"] = Tokenizer.Count(prompt), ["completion_tokens"] = Tokenizer.Count(said) };
        if ((bool?)body["stream"] is not true)
        {
            await context.Response.WriteAsJsonAsync(Completion("chat.completion", "message", new() { ["role"] = "assistant", ["content"] = said }, "stop", usage));
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await SendAsync(Completion("chat.completion.chunk", "delta", new() { ["content"] = said }, null, null).ToJsonString());
        await SendAsync(Completion("chat.completion.chunk", "delta", [], "stop", usage).ToJsonString());
        await SendAsync("[DONE]");

        Task SendAsync(string data) => context.Response.WriteAsync($"data: {data}\n\n");
    }

    private static async Task EmbedAsync(HttpContext context)
    {
        var texts = (await JsonNode.ParseAsync(context.Request.Body))!["input"]!.AsArray().Select(text => (string)text!).ToArray();
        var vectors = await _embedder.EmbedAsync(Name, texts, context.RequestAborted);
        var tokens = texts.Sum(text => Tokenizer.Count(text));
        await context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["object"] = "list",
            ["model"] = Name,
            ["data"] = new JsonArray([.. vectors.Select((vector, index) => new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = index,
                ["embedding"] = Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Span)),
            })]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        });
    }

    private static JsonObject Completion(string kind, string member, JsonObject message, string? finish, JsonObject? usage) => new()
    {
        ["id"] = Name,
        ["object"] = kind,
        ["created"] = 0,
        ["model"] = Name,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, [member] = message, ["finish_reason"] = finish }),
        ["usage"] = usage,
    };

    private static JsonObject Statements(string prompt) => new()
    {
        ["statements"] = new JsonArray([.. Lines(prompt, "turns").Where(turn => turn["turn"] is not null).Select(turn => new JsonObject
        {
            ["content"] = $"{turn["speaker"]} said: {turn["text"]}",
            ["turns"] = new JsonArray((int)turn["turn"]!),
            ["slot"] = null,
            ["valid_from"] = null,
            ["language"] = "en",
            ["card"] = null,
        })]),
    };

    /// <summary>The data of a block, which has marks in lines of their own.</summary>
    private static IEnumerable<JsonNode> Lines(string prompt, string block) =>
        prompt.Split('\n').SkipWhile(line => line != $"<{block}>").Skip(1).TakeWhile(line => line != $"</{block}>").Select(line => JsonNode.Parse(line)!);

    private static string TextOf(JsonNode? content) => content switch
    {
        null => "",
        JsonArray parts => new StringBuilder().AppendJoin("", parts.Select(part => (string?)part!["text"])).ToString(),
        _ => (string)content!,
    };
}
