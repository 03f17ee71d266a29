using System.Text;

namespace Kith.Core.Threads;

/// <summary>A history as text.</summary>
public static class HistoryText
{
    /// <summary>The layout of upstream's file store, line by line (spec modelchorus §4.6).</summary>
    /// <param name="total">Messages before any was left out.</param>
    public static string Full(string thread, string workflow, IReadOnlyList<HistoryMessage> messages, int total, bool includeFiles)
    {
        var text = new StringBuilder();
        text.Append("=== CONVERSATION HISTORY (CONTINUATION) ===\n");
        text.Append($"Thread: {thread}\nWorkflow: {workflow}\nMessages: {messages.Count}/{total}\n\n");
        if (total > messages.Count)
            text.Append($"[NOTE: {total - messages.Count} earlier messages omitted]\n\n");
        if (includeFiles)
            AppendFiles(text, messages);
        text.Append("Previous conversation:\n\n");
        for (var i = 0; i < messages.Count; i++)
            AppendTurn(text, i + 1, messages[i]);
        text.Append("=== END CONVERSATION HISTORY ===\n\n");
        text.Append($"IMPORTANT: You are continuing this conversation thread; what follows is message {total + 1}.");
        return text.ToString();
    }

    /// <summary>The layout of the seed document: one <c>User: …</c> or <c>Assistant: …</c> per message, nothing else.</summary>
    public static string Plain(IReadOnlyList<HistoryMessage> messages) =>
        string.Join('\n', messages.Select(message => $"{char.ToUpperInvariant(message.Role[0])}{message.Role[1..]}: {message.Content}"));

    /// <summary>Each path once, with the last turn that names it.</summary>
    private static void AppendFiles(StringBuilder text, IReadOnlyList<HistoryMessage> messages)
    {
        var turns = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var file in messages[i].Fields.Files ?? [])
                turns[file] = i + 1;
        }

        if (turns.Count == 0)
            return;

        text.Append("=== FILES REFERENCED ===\n");
        foreach (var (file, turn) in turns)
            text.Append($"- {file} (referenced in turn {turn})\n");
        text.Append("=== END FILES ===\n\n");
    }

    private static void AppendTurn(StringBuilder text, int turn, HistoryMessage message)
    {
        var model = message.Fields.ModelName is { Length: > 0 } name ? $" via {name} ({message.Fields.ModelProvider ?? "unknown"})" : "";
        text.Append($"--- Turn {turn} ({message.Role}{model}) ---\n");
        if (message.HasFiles)
            text.Append($"Files: {string.Join(", ", message.Fields.Files!)}\n");
        text.Append($"\n{message.Content}\n\n");
    }
}
