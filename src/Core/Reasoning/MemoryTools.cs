using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Kith.Core.Reasoning;

/// <summary>The read-only searches that a reasoner may make for one question. Their scope is fixed by whoever built them; calls are recorded as evidence.</summary>
public sealed class MemoryTools(
    Func<string, int, CancellationToken, Task<IReadOnlyList<RecalledConclusion>>> searchMemory,
    Func<string, int, CancellationToken, Task<IReadOnlyList<RecalledMessage>>> searchMessages)
{
    private readonly ConcurrentQueue<ToolCall> _calls = new();

    public IReadOnlyCollection<ToolCall> Calls => _calls;

    /// <summary>Conclusions about the question's subject, best first.</summary>
    public Task<IReadOnlyList<RecalledConclusion>> SearchMemoryAsync(string query, int limit, CancellationToken cancellationToken)
    {
        Record("search_memory", query, limit);
        return searchMemory(query, limit, cancellationToken);
    }

    /// <summary>Messages that the observer may see, best first.</summary>
    public Task<IReadOnlyList<RecalledMessage>> SearchMessagesAsync(string query, int limit, CancellationToken cancellationToken)
    {
        Record("search_messages", query, limit);
        return searchMessages(query, limit, cancellationToken);
    }

    private void Record(string tool, string query, int limit) =>
        _calls.Enqueue(new ToolCall(tool, new JsonObject { ["query"] = query, ["limit"] = limit }));
}
