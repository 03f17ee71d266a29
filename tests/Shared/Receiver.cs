using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kith.Testing;

/// <summary>An address that hears of events, and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    public int Port => new Uri(Url).Port;

    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <summary>One for each call; when there are no more, 204 at once.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = [];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Map("/{**path}", receiver.AnswerAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers the next call with a status.</summary>
    public void Answer(int status, string? location = null) => Answers.Enqueue(context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    /// <summary>The first calls that carry an event of this type.</summary>
    public async Task<IReadOnlyList<Call>> WaitAsync(string type, int count = 1)
    {
        for (var tries = 0; tries < 3_600; tries++)
        {
            Call[] calls = [.. Calls.Where(call => call.Body.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal))];
            if (calls.Length >= count)
                return calls;
            await Task.Delay(50);
        }

        throw new TimeoutException($"{type} did not arrive {count} times within three minutes: {string.Join('\n', Calls.Select(call => call.Body))}");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Calls.Enqueue(new Call(context.Request.Path, body, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        context.Response.StatusCode = 204;
        if (Answers.TryDequeue(out var answer))
            await answer(context);
    }

    internal sealed record Call(string Path, string Body, Dictionary<string, string> Headers);
}
