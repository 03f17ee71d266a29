using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Core.Threads;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Wire;

/// <param name="SiblingThreads">Other branches of the same parent at the same branch point; where single threads are read.</param>
/// <param name="MessageCount">Messages that are shown.</param>
/// <param name="TruncatedCount">Older ones that are stored but hidden.</param>
/// <param name="Messages">Only when asked for.</param>
/// <param name="State">Only when asked for, and there is one.</param>
internal sealed record Thread(
    string ThreadId,
    string? ParentThreadId,
    string? BranchPoint,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? SiblingThreads,
    string CreatedAt,
    string LastUpdatedAt,
    string ExpiresAt,
    string WorkflowName,
    string Status,
    JsonElement InitialContext,
    int MessageCount,
    long TruncatedCount,
    double TtlHours,
    int MaxMessages,
    string UserPeer,
    string AssistantPeer,
    string SystemPeer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ThreadMessage>? Messages = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WorkflowState? State = null)
{
    public static Thread Of(ThreadSnapshot thread) => Of(thread, siblings: null);

    public static Thread Of(ThreadSnapshot thread, IReadOnlyList<ThreadSnapshot>? siblings) => new(
        thread.Id,
        thread.Thread.ParentThreadId,
        thread.Thread.BranchPoint,
        siblings is null ? null : [.. siblings.Select(sibling => sibling.Id)],
        Moment.Format(thread.CreatedAt),
        Moment.Format(thread.UpdatedAt),
        Moment.Format(thread.ExpiresAt),
        thread.Thread.WorkflowName,
        StatusOf(thread),
        thread.Thread.InitialContext,
        thread.MessageCount,
        thread.TruncatedCount,
        thread.TtlHours,
        thread.MaxMessages,
        thread.Thread.UserPeer,
        thread.Thread.AssistantPeer,
        thread.Thread.SystemPeer);

    public static string StatusOf(ThreadSnapshot thread) => JsonNamingPolicy.CamelCase.ConvertName(thread.Thread.Status.ToString());
}
