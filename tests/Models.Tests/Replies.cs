using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Kith.Models.Tests;

/// <summary>Things that model servers do.</summary>
internal static class Replies
{
    private static JsonObject Usage => new() { ["prompt_tokens"] = 100, ["completion_tokens"] = 20, ["total_tokens"] = 120 };

    /// <summary>A complete text, streamed when the call asks for a stream.</summary>
    public static Func<HttpContext, JsonObject, Task> Text(string text, string finish = "stop") => (context, body) =>
        IsStream(body)
            ? StreamAsync(context, [Delta(new JsonObject { ["content"] = text }), Delta([], finish)])
            : context.Response.WriteAsJsonAsync(Completion(new JsonObject { ["role"] = "assistant", ["content"] = text }, finish));

    public static Func<HttpContext, JsonObject, Task> Json(string json) => Text(json);

    public static Func<HttpContext, JsonObject, Task> Refusal() => (context, body) =>
        IsStream(body)
            ? StreamAsync(context, [Delta(new JsonObject { ["refusal"] = "I can't help with that" }), Delta([], "stop")])
            : context.Response.WriteAsJsonAsync(Completion(new JsonObject { ["role"] = "assistant", ["content"] = null, ["refusal"] = "I can't help with that" }, "stop"));

    public static Func<HttpContext, JsonObject, Task> Status(int status, string code = "", params (string Name, string Value)[] headers) => (context, _) =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = new JsonObject { ["message"] = $"{code} quoted input: {Some.Secret}", ["code"] = code } });
    };

    public static Func<HttpContext, JsonObject, Task> Garbage() => (context, _) =>
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<html>Welcome to the proxy</html>");
    };

    public static Func<HttpContext, JsonObject, Task> NoChoices() => (context, _) =>
        context.Response.WriteAsJsonAsync(new JsonObject { ["id"] = "x", ["object"] = "chat.completion", ["created"] = 1, ["model"] = "thinker", ["choices"] = new JsonArray() });

    /// <summary>What proxies and broken servers send with status 200.</summary>
    public static IReadOnlyDictionary<string, Func<HttpContext, JsonObject, Task>> Unreadable { get; } = new Dictionary<string, Func<HttpContext, JsonObject, Task>>
    {
        ["page"] = Garbage(),
        ["no choices"] = NoChoices(),
        ["error object"] = Status(StatusCodes.Status200OK, "server_error"),
        ["half a body"] = (context, _) => context.Response.WriteAsync("""{"id":"x","object":"chat.completion","choices":[{"index":0,"mess"""),
    };

    /// <summary>The reply, when something has been done first.</summary>
    public static Func<HttpContext, JsonObject, Task> After(Action first, Func<HttpContext, JsonObject, Task> reply) => (context, body) =>
    {
        first();
        return reply(context, body);
    };

    /// <summary>Says nothing until the client leaves.</summary>
    public static Func<HttpContext, JsonObject, Task> Silence() => (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    public static Func<HttpContext, JsonObject, Task> Cut() => (context, _) =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Streams text and hangs up long before the length it has promised: what was sent arrives, which a reset of the connection would not grant.</summary>
    /// <param name="until">What to wait for before hanging up.</param>
    public static Func<HttpContext, JsonObject, Task> CutAfter(string text, Task? until = null) => async (context, _) =>
    {
        context.Response.ContentLength = 1_000_000;
        await StreamAsync(context, [Delta(new JsonObject { ["content"] = text })], end: false);
        await (until ?? Task.CompletedTask);
    };

    /// <summary>Streams text and ends as if all was well, without a reason to finish.</summary>
    public static Func<HttpContext, JsonObject, Task> EndAfter(string text) => (context, _) => StreamAsync(context, [Delta(new JsonObject { ["content"] = text })], end: false);

    /// <summary>Streams the pieces, each when the one before it has been waited for.</summary>
    public static Func<HttpContext, JsonObject, Task> Pieces(Func<int, Task> before, params string[] pieces) => async (context, _) =>
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            await before(i).WaitAsync(context.RequestAborted);
            await StreamAsync(context, [Delta(new JsonObject { ["content"] = pieces[i] })], end: false);
        }

        await StreamAsync(context, [Delta([], "stop")]);
    };

    /// <summary>Asks for tools, after a remark if there is one; the arguments arrive in two halves.</summary>
    public static Func<HttpContext, JsonObject, Task> Tools(string remark, params (string Name, string Arguments)[] calls) => (context, _) =>
    {
        var deltas = new List<JsonObject>();
        if (remark.Length > 0)
            deltas.Add(Delta(new JsonObject { ["content"] = remark }));
        for (var i = 0; i < calls.Length; i++)
        {
            var (name, arguments) = calls[i];
            var half = arguments.Length / 2;
            deltas.Add(Delta(new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = i, ["id"] = $"call-{i}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments[..half] } }) }));
            deltas.Add(Delta(new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = arguments[half..] } }) }));
        }

        deltas.Add(Delta([], "tool_calls"));
        return StreamAsync(context, deltas);
    };

    public static Func<HttpContext, JsonObject, Task> Search(params string[] queries) =>
        Tools("", [.. queries.Select(query => ("search_memory", new JsonObject { ["query"] = query, ["limit"] = null }.ToJsonString()))]);

    /// <summary>A vector per text.</summary>
    public static Func<HttpContext, JsonObject, Task> Vectors(Func<string, float[]> vector) => (context, body) =>
    {
        var inputs = body["input"]!.AsArray().Select(text => (string)text!).ToArray();
        return VectorsAsync(context, [.. inputs.Select(vector)]);
    };

    public static Func<HttpContext, JsonObject, Task> Fixed(params float[][] vectors) => (context, _) => VectorsAsync(context, vectors);

    private static Task VectorsAsync(HttpContext context, float[][] vectors)
    {
        // The last comes first: the index says where it belongs.
        var data = vectors.Select((vector, index) => (JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = Base64(vector) }).Reverse();
        return context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data]),
            ["model"] = "embedder",
            ["usage"] = new JsonObject { ["prompt_tokens"] = 7, ["total_tokens"] = 7 },
        });
    }

    private static string Base64(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return Convert.ToBase64String(bytes);
    }

    private static bool IsStream(JsonObject body) => (bool?)body["stream"] is true;

    private static JsonObject Completion(JsonObject message, string finish) => new()
    {
        ["id"] = "x",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "thinker",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish }),
        ["usage"] = Usage,
    };

    private static JsonObject Delta(JsonObject delta, string? finish = null) => Chunk(new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }));

    private static JsonObject Chunk(JsonArray choices) => new()
    {
        ["id"] = "x",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "thinker",
        ["choices"] = choices,
    };

    private static async Task StreamAsync(HttpContext context, IEnumerable<JsonObject> chunks, bool end = true)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "text/event-stream";
        foreach (var chunk in chunks)
            await context.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n");
        if (end)
        {
            var last = Chunk([]);
            last["usage"] = Usage;
            await context.Response.WriteAsync($"data: {last.ToJsonString()}\n\ndata: [DONE]\n\n");
        }

        await context.Response.Body.FlushAsync();
    }
}
