using Kith.Core.Threads;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Wire;

/// <summary>The keys of upstream's code and those of its document (spec modelchorus §8).</summary>
internal sealed record ThreadSummary(
    bool Found,
    string ThreadId,
    string WorkflowName,
    string Status,
    int MessageCount,
    int UserMessages,
    int AssistantMessages,
    int SystemMessages,
    int UniqueFiles,
    IReadOnlyList<string> FilesReferenced,
    int EstimatedTokens,
    string CreatedAt,
    string LastUpdatedAt,
    string LastUpdated,
    bool HasParent,
    long TruncatedCount)
{
    public static ThreadSummary Of(ContextSummary summary)
    {
        var thread = summary.Thread;
        var updated = Moment.Format(thread.UpdatedAt);
        return new ThreadSummary(
            Found: true,
            thread.Id,
            thread.Thread.WorkflowName,
            Thread.StatusOf(thread),
            thread.MessageCount,
            summary.UserMessages,
            summary.AssistantMessages,
            summary.SystemMessages,
            summary.FilesReferenced.Count,
            summary.FilesReferenced,
            summary.EstimatedTokens,
            Moment.Format(thread.CreatedAt),
            updated,
            updated,
            thread.Thread.ParentThreadId is not null,
            thread.TruncatedCount);
    }
}
