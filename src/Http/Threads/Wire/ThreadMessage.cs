using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Wire;

/// <param name="Sequence">The place in the thread, from 1 on, without gaps.</param>
/// <param name="Peer">Who said it in the memory of the workspace.</param>
internal sealed record ThreadMessage(
    string Id,
    string ThreadId,
    long Sequence,
    string Role,
    string Peer,
    string Content,
    string Timestamp,
    IReadOnlyList<string>? Files,
    string? WorkflowName,
    string? ModelProvider,
    string? ModelName,
    JsonElement Metadata)
{
    public static ThreadMessage Of(Core.Threads.ThreadMessage message) => new(
        message.Id,
        message.ThreadId,
        message.Sequence,
        message.Role,
        message.Peer,
        message.Content,
        Moment.Format(message.Timestamp),
        message.Fields.Files,
        message.Fields.WorkflowName,
        message.Fields.ModelProvider,
        message.Fields.ModelName,
        message.Metadata);
}
