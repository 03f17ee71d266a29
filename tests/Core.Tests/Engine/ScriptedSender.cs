using System.Collections.Concurrent;
using System.Text.Json;
using Kith.Core.Events;

namespace Kith.Core.Tests.Engine;

/// <summary>Takes note of every event, and answers as it is told.</summary>
internal sealed class ScriptedSender : IWebhookSender
{
    private readonly ConcurrentQueue<WebhookCall> _calls = [];

    public IReadOnlyList<WebhookCall> Calls => [.. _calls];

    /// <summary>One each; when there are no more, <see cref="Usual"/>.</summary>
    public ConcurrentQueue<WebhookAnswer> Answers { get; } = [];

    public WebhookAnswer Usual { get; set; } = new(204, null);

    /// <summary>Runs after an event was taken, before the answer is known.</summary>
    public Action? Taken { get; set; }

    public Task<WebhookAnswer> SendAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        _calls.Enqueue(call);
        Taken?.Invoke();
        return Task.FromResult(Answers.TryDequeue(out var answer) ? answer : Usual);
    }

    /// <summary>The data of the events of a type, in the order in which they were sent.</summary>
    public IReadOnlyList<JsonElement> Of(string type) =>
        [.. Calls.Select(call => JsonElement.Parse(call.Body.Span)).Where(body => body.GetProperty("type").GetString() == type).Select(body => body.GetProperty("data"))];
}
