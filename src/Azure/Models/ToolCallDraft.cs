using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>A tool call that arrives in pieces.</summary>
internal sealed record ToolCallDraft(string Id = "", string Name = "", string Arguments = "")
{
    public ToolCallDraft With(StreamingChatToolCallUpdate update) => new(
        update.ToolCallId is { Length: > 0 } id ? id : Id,
        update.FunctionName is { Length: > 0 } name ? name : Name,
        Arguments + (update.FunctionArgumentsUpdate is { } piece && !piece.ToMemory().IsEmpty ? piece.ToString() : ""));

    public ChatToolCall ToCall() => ChatToolCall.CreateFunctionToolCall(Id, Name, BinaryData.FromString(Arguments));
}
