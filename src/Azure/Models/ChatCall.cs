using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>What a chat model is sent, and on whose account.</summary>
internal sealed record ChatCall(string Purpose, string Workspace, IReadOnlyList<ChatMessage> Messages)
{
    public ChatResponseFormat? Format { get; init; }

    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>Tokens, with those of silent thinking; null for the model's own limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Told of every answer's tokens; null where the server counts none.</summary>
    public Action<ChatTokenUsage?>? Spent { get; init; }

    /// <summary>The client writes into what it is given, so every attempt gets its own.</summary>
    public ChatCompletionOptions ToOptions()
    {
        var options = new ChatCompletionOptions { ResponseFormat = Format, MaxOutputTokenCount = MaxOutputTokens };
        foreach (var tool in Tools)
            options.Tools.Add(tool);
        return options;
    }
}
