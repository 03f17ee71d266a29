using System.Text;
using System.Text.Json;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Eliza;

/// <summary>A reply as server-sent events: the user's message, the fragments as they come, then the whole reply or what went wrong (spec eliza-sessions §5.3).</summary>
internal sealed class ReplyStream(SentMessage sent, Replier replier) : IResult
{
    private static readonly JsonElement Silence = JsonElement.Parse("""{"text":""}""");

    public async Task ExecuteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "keep-alive";
        await SendAsync(context, "user_message", Wire.UserMessage.Of(sent));
        try
        {
            await SendAsync(context, "done", await StreamAsync(context) ?? Silence);
        }
        catch (KithException exception)
        {
            await SendAsync(context, "error", new Wire.Fault(exception.Message));
        }
    }

    private async Task<JsonElement?> StreamAsync(HttpContext context)
    {
        var whole = sent.Reply?.Content;
        if (sent.Pending is not { } pending)
            return whole;

        var index = 0;
        await foreach (var part in replier.AnswerAsync(pending, context.RequestAborted).WithHeartbeats(context))
        {
            if (part is ReplyPart.Fragment fragment)
                await SendAsync(context, "chunk", new Wire.Chunk(pending.ReplyId, fragment.Text, index++));
            else
                whole = (part as ReplyPart.Whole)?.Reply.Content;
        }

        return whole;
    }

    private static async Task SendAsync<T>(HttpContext context, string name, T data)
    {
        var json = JsonSerializer.Serialize(data, typeof(T), ElizaJson.Relaxed);
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: {json}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
