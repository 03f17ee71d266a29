namespace Kith.Core.Threads;

/// <summary>
/// Chooses the messages of a history that fit a number of estimated tokens, in their order (spec modelchorus §4.7). The newest message is
/// always chosen, even if it alone is over the budget; nothing else ever goes beyond it.
/// </summary>
public static class TokenBudget
{
    private const int RecentPercent = 70;

    /// <summary>The newest messages that fit, without a gap.</summary>
    public static IReadOnlyList<T> Newest<T>(IReadOnlyList<T> messages, Func<T, HistoryMessage> view, int budget) =>
        [.. messages.Skip(messages.Count - CountNewest([.. messages.Select(message => view(message).Tokens)], budget).Count)];

    /// <summary>The newest messages within 70 % of the budget, then, from the oldest on, the important ones that fit into what is left.</summary>
    public static IReadOnlyList<T> Smart<T>(IReadOnlyList<T> messages, Func<T, HistoryMessage> view, int budget)
    {
        HistoryMessage[] views = [.. messages.Select(view)];
        int[] tokens = [.. views.Select(message => message.Tokens)];
        var (recent, used) = CountNewest(tokens, (long)budget * RecentPercent / 100);
        var first = messages.Count - recent;
        var chosen = new List<T>(messages.Count);
        for (var i = 0; i < first; i++)
        {
            if (!views[i].IsImportant || used + tokens[i] > budget)
                continue;
            chosen.Add(messages[i]);
            used += tokens[i];
        }

        return [.. chosen, .. messages.Skip(first)];
    }

    private static (int Count, long Tokens) CountNewest(int[] tokens, long budget)
    {
        var (count, used) = (0, 0L);
        for (var i = tokens.Length - 1; i >= 0 && (count == 0 || used + tokens[i] <= budget); i--)
        {
            count++;
            used += tokens[i];
        }

        return (count, used);
    }
}
