namespace Kith.Core.Threads;

/// <summary>Messages chosen for the next model call, chronological.</summary>
/// <param name="TotalMessages">Shown messages before the request's limits.</param>
/// <param name="TruncatedCount">Messages that the threads hide beyond these.</param>
public sealed record ConversationHistory(ThreadSnapshot Thread, IReadOnlyList<ThreadMessage> Messages, int TotalMessages, long TruncatedCount)
{
    public int EstimatedTokens => Views.Sum(message => message.Tokens);

    /// <param name="includeFiles">Whether the files are listed before the turns.</param>
    public string FullText(bool includeFiles) => HistoryText.Full(Thread.Id, Thread.Thread.WorkflowName, [.. Views], TotalMessages, includeFiles);

    public string PlainText() => HistoryText.Plain([.. Views]);

    private IEnumerable<HistoryMessage> Views => Messages.Select(HistoryMessage.Of);
}
