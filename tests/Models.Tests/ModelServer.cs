using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Kith.Azure.Models;
using Kith.Core.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kith.Models.Tests;

/// <summary>A model server on this machine that says what a test scripts, call by call, and keeps what it was sent.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, JsonObject, Task>> _script = new();
    private readonly ConcurrentQueue<ModelRequest> _requests = new();
    private Func<HttpContext, JsonObject, Task> _otherwise = Replies.Status(StatusCodes.Status418ImATeapot);
    private Func<JsonObject, bool> _scripted = _ => true;
    private int _running;
    private int _mostRunning;

    private ModelServer(WebApplication app) => _app = app;

    public IReadOnlyList<ModelRequest> Requests => [.. _requests];

    /// <summary>How many calls were under way at once.</summary>
    public int MostAtOnce => _mostRunning;

    public Uri Address => new($"{_app.Urls.Single()}/v1");

    public static async Task<ModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new ModelServer(builder.Build());
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>The replies to the next calls, in order.</summary>
    public ModelServer Say(params Func<HttpContext, JsonObject, Task>[] replies)
    {
        foreach (var reply in replies)
            _script.Enqueue(reply);
        return this;
    }

    /// <summary>The reply when the script is over; until this is set, one that no client expects.</summary>
    public ModelServer Otherwise(Func<HttpContext, JsonObject, Task> reply)
    {
        _otherwise = reply;
        return this;
    }

    /// <summary>Calls that take from the script; others get the reply for when it is over.</summary>
    public ModelServer SayOnlyTo(Func<JsonObject, bool> scripted)
    {
        _scripted = scripted;
        return this;
    }

    public ModelOptions Options => new()
    {
        Endpoint = Address,
        Key = "a-key",
        ChatModel = "thinker",
        EmbeddingModel = "embedder",
        EmbeddingDimensions = 4,
        Retries = 2,
        RetryDelay = TimeSpan.FromMilliseconds(5),
        AttemptTimeout = TimeSpan.FromSeconds(30),
    };

    public ModelReasoner Reasoner(Func<ModelOptions, ModelOptions>? change = null, ModelUsage? usage = null, TimeProvider? time = null) =>
        new(change is null ? Options : change(Options), usage ?? new ModelUsage(TimeProvider.System), time ?? TimeProvider.System);

    public ModelEmbedder Embedder(Func<ModelOptions, ModelOptions>? change = null, ModelUsage? usage = null) =>
        new(change is null ? Options : change(Options), usage ?? new ModelUsage(TimeProvider.System), TimeProvider.System);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var running = Interlocked.Increment(ref _running);
        for (var most = _mostRunning; running > most; most = _mostRunning)
            Interlocked.CompareExchange(ref _mostRunning, running, most);
        try
        {
            var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
            _requests.Enqueue(new ModelRequest(context.Request.Path, context.Request.Headers.Authorization.ToString(), body, DateTimeOffset.UtcNow));
            await (_scripted(body) && _script.TryDequeue(out var reply) ? reply : _otherwise)(context, body);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away, as some tests want it to.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
