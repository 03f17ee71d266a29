using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kith.Http.Tests.Eliza;

/// <summary>An agent that answers by HTTP, as tests tell it.</summary>
internal sealed class AgentDouble : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AgentDouble(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/reply";

    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <summary>Status and body of the answers, one each; when there are no more, an echo.</summary>
    public ConcurrentQueue<(int Status, string Body)> Answers { get; } = [];

    public TimeSpan Delay { get; set; }

    public static async Task<AgentDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var agent = new AgentDouble(builder.Build());
        agent._app.MapPost("/reply", agent.AnswerAsync);
        await agent._app.StartAsync();
        return agent;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        var call = new Call(text, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Calls.Enqueue(call);
        await Task.Delay(Delay, context.RequestAborted);
        var (status, body) = Answers.TryDequeue(out var answer) ? answer : (200, new JsonObject { ["text"] = "You said: " + call.Json["message"].Text("content") }.ToJsonString());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    internal sealed record Call(string Text, Dictionary<string, string> Headers)
    {
        public JsonNode Json => JsonNode.Parse(Text)!;
    }
}
