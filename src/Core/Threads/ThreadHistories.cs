namespace Kith.Core.Threads;

/// <summary>What a thread gives the next model call, and what it holds.</summary>
public sealed class ThreadHistories
{
    private const int MaxDepth = 20;

    private readonly ThreadReader _reader;
    private readonly ThreadLists _lists;
    private readonly ThreadMessages _messages;

    internal ThreadHistories(ThreadReader reader, ThreadLists lists, ThreadMessages messages)
    {
        _reader = reader;
        _lists = lists;
        _messages = messages;
    }

    /// <summary>Limits apply in the order system messages, turns, messages, tokens.</summary>
    public async Task<ConversationHistory> BuildAsync(string workspace, string id, HistoryRequest request, CancellationToken cancellationToken)
    {
        var links = (await _lists.ChainAsync(workspace, id, request.IncludeParents ? MaxDepth : 1, cancellationToken)).Threads;
        var all = new List<ThreadMessage>();
        var truncated = 0L;
        for (var i = 0; i < links.Count; i++)
        {
            // Of a parent only what was said before its branch.
            var through = i + 1 < links.Count ? Math.Min(links[i].Stored, links[i + 1].Thread.BranchSequence ?? long.MaxValue) : links[i].Stored;
            truncated += Math.Max(0, through - links[i].MaxMessages);
            await foreach (var message in _messages.ShownAsync(workspace, links[i], through, cancellationToken))
            {
                if (request.IncludeSystem || message.Role != Roles.System)
                    all.Add(message);
            }
        }

        return new ConversationHistory(links[^1], Choose(all, request), all.Count, truncated);
    }

    public async Task<ContextSummary> SummariseAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var thread = await _reader.GetAsync(workspace, id, cancellationToken);
        var roles = new Dictionary<string, int>();
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var tokens = 0;
        await foreach (var message in _messages.ShownAsync(workspace, thread, thread.Stored, cancellationToken))
        {
            roles[message.Role] = roles.GetValueOrDefault(message.Role) + 1;
            files.UnionWith(message.Fields.Files ?? []);
            tokens += HistoryMessage.Of(message).Tokens;
        }

        return new ContextSummary(
            thread,
            roles.GetValueOrDefault(Roles.User),
            roles.GetValueOrDefault(Roles.Assistant),
            roles.GetValueOrDefault(Roles.System),
            [.. files],
            tokens);
    }

    private static IReadOnlyList<ThreadMessage> Choose(IReadOnlyList<ThreadMessage> messages, HistoryRequest request)
    {
        if (request.MaxTurns is > 0 and var turns)
        {
            int[] starts = [.. messages.Index().Where(message => message.Item.Role == Roles.User).Select(message => message.Index)];
            if (starts.Length > turns)
                messages = [.. messages.Skip(starts[^turns])];
        }

        if (request.MaxMessages is > 0 and var count)
            messages = [.. messages.TakeLast(count)];
        return request.MaxTokens is not > 0
            ? messages
            : request.SmartCompaction
                ? TokenBudget.Smart(messages, HistoryMessage.Of, request.MaxTokens.Value)
                : TokenBudget.Newest(messages, HistoryMessage.Of, request.MaxTokens.Value);
    }
}
