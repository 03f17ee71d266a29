namespace Kith.Client.Models;

/// <summary>A message as OpenAI's chat API takes it.</summary>
public sealed record OpenAIMessage
{
    /// <summary><c>system</c>, <c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The text.</summary>
    public required string Content { get; init; }

    /// <summary>Who speaks, where the API has room for the name (64 characters) and it is not the assistant.</summary>
    public string? Name { get; init; }
}
