using System.Collections.Concurrent;

namespace Kith.Core.Reasoning;

/// <summary>The looks into memory that a reasoner may take for one question. Their scope is fixed by whoever built them; calls are recorded as evidence.</summary>
/// <param name="look">Answers a request; several at once may be under way.</param>
public sealed class MemoryTools(Func<ToolRequest, CancellationToken, Task<Found>> look)
{
    private readonly ConcurrentQueue<ToolCall> _calls = new();
    private volatile bool _isTextOnly;

    public IReadOnlyCollection<ToolCall> Calls => _calls;

    /// <summary>Whether <see cref="ToolRequest.ReasoningChain"/> is offered: not where only some sessions may be seen, since chains lead out of them.</summary>
    public bool OffersChains { get; init; } = true;

    /// <summary>The embedding model failed a search made so far.</summary>
    public bool IsTextOnly => _isTextOnly;

    public async Task<Found> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        _calls.Enqueue(new ToolCall(request.Tool, request.Input));
        var found = await look(request, cancellationToken);
        if (found.IsTextOnly)
            _isTextOnly = true;
        return found;
    }

    /// <summary>Conclusions about the question's subject, best first.</summary>
    public async Task<IReadOnlyList<RecalledConclusion>> SearchMemoryAsync(string query, int limit, CancellationToken cancellationToken) =>
        (await RunAsync(new ToolRequest.SearchMemory(query, limit), cancellationToken)).Conclusions;

    /// <summary>Messages that the observer may see, best first.</summary>
    public async Task<IReadOnlyList<RecalledMessage>> SearchMessagesAsync(string query, int limit, CancellationToken cancellationToken) =>
        [.. (await RunAsync(new ToolRequest.SearchMessages(query, limit), cancellationToken)).Excerpts.SelectMany(excerpt => excerpt)];
}
