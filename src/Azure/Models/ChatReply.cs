using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>What a chat model said and which tools it asked for.</summary>
/// <param name="IsCut">The text ends at the limit on tokens.</param>
internal sealed record ChatReply(string Text, bool IsCut, IReadOnlyList<ChatToolCall> ToolCalls);
